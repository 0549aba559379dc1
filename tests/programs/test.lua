-- SPDX-License-Identifier: MIT
-- Closures, coroutines, tables, strings, files, the collector, errors.
local function sieve(limit)
	local composite, primes = {}, {}
	for n = 2, limit do
		if not composite[n] then
			primes[#primes + 1] = n
			for m = n * n, limit, n do composite[m] = true end
		end
	end
	return primes
end
local primes = sieve(20000)
print(#primes, primes[#primes])

local generate = coroutine.wrap(function() for i = 1, 5 do coroutine.yield(i * i) end end)
print(generate(), generate(), generate())

local words = {}
for word in ("the owl hunts at night"):gmatch("%a+") do words[#words + 1] = word:upper() end
table.sort(words, function(a, b) return #a < #b or #a == #b and a < b end)
print(table.concat(words, " "))
print(string.format("%5.2f|%x|%q", math.pi, 255, "a\nb"), 7 // 2, 7 / 2, 2 ^ 53, 1 << 62)

local name = os.tmpname()
local file = assert(io.open(name, "w"))
for i = 1, 1000 do file:write(i, "\n") end
file:close()
local sum = 0
for line in io.lines(name) do sum = sum + tonumber(line) end
print("sum", sum, os.remove(name))

local before = collectgarbage("count")
for i = 1, 200000 do local garbage = { i, tostring(i) } end
collectgarbage()
print("collected", collectgarbage("count") < before + 1000)
local ok, problem = pcall(error, { code = 42 })
print(ok, problem.code)
print(select(2, pcall(function() return nil + 1 end)):gsub("^.*:%d+: ", ""))
local cat = io.popen("echo from a pipe; exit 3")
print(cat:read("a"), cat:close())
os.exit(9)
