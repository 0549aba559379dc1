-- A little of the language and of its library, ended by an error.
local function queens(n)
	local count, columns, up, down = 0, {}, {}, {}
	local function place(row)
		if row > n then count = count + 1 return end
		for c = 1, n do
			if not (columns[c] or up[row + c] or down[row - c + n]) then
				columns[c], up[row + c], down[row - c + n] = true, true, true
				place(row + 1)
				columns[c], up[row + c], down[row - c + n] = nil, nil, nil
			end
		end
	end
	place(1)
	return count
end
print("queens", queens(7))
local generator = coroutine.wrap(function() for i = 1, 3 do coroutine.yield(i * i) end end)
print(generator(), generator(), generator())
print(string.format("%5.2f|%q|%x", math.pi, "a\nb", 255), ("kernel"):gsub("e", "3"), #"owl")
local set = setmetatable({}, { __index = function(_, key) return key .. "!" end })
print(set.strix, select("#", table.unpack({ 1, 2, 3 })), 7 // 2, 7 / 2, 2 ^ 53, 1 << 40)
local file = assert(io.open("written", "w"))
for i = 1, 1000 do file:write(i, "\n") end
file:close()
local sum = 0
for line in io.lines("written") do sum = sum + tonumber(line) end
print(sum, io.open("nowhere"))
print(os.rename("written", "renamed"), os.remove("renamed"), os.remove("renamed"))
print(pcall(error, { code = 1 }) , select(2, pcall(error, "caught", 0)))
local pipe = io.popen("echo from a pipe; exit 4")
print(pipe:read("a"), pipe:close())
print(os.time({ year = 2000, month = 1, day = 1, hour = 12 }) > 0, collectgarbage("count") > 0)
io.stderr:write("about to fail\n")
error("the end")
