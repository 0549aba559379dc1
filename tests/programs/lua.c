/* SPDX-License-Identifier: MIT */
/* lua.c - the smallest Lua interpreter: runs the script that it is given, linked statically. */
#include <lauxlib.h>
#include <lualib.h>
#include <stdio.h>

int main(int count, char **arguments)
{
	lua_State *state = luaL_newstate();

	luaL_openlibs(state);
	if (count != 2 || luaL_dofile(state, arguments[1])) {
		fprintf(stderr, "%s\n", count == 2 ? lua_tostring(state, -1) : "lua SCRIPT");
		return 1;
	}
	lua_close(state);
	return 0;
}
