/* SPDX-License-Identifier: MIT */
/*
 * random.h - unpredictable bytes: ChaCha20 (RFC 8439) as a generator with fast key erasure.
 *
 * Every refill makes 256 bytes of key stream under the present key; the first 32 become the next
 * key, the rest are handed out and wiped as they go.  So what memory holds now tells nothing about
 * bytes handed out before.  With `seed=N` on the command line all is a function of N.
 *
 * Process context only: nothing here may be interrupted by another caller.
 */
#pragma once

#include "lib/types.h"

void random_bytes(void *to, size_t bytes);
/* Mixes bytes into the key: what a program writes to /dev/random. */
void random_stir(const void *from, size_t bytes);

/* 0 ... below - 1, evenly; below > 0. */
uint64_t random_below(uint64_t below);

/* Upward step: arch/random_seed.c.  256 bits that nobody can guess, or that `seed=` decides. */
void random_seed(uint64_t seed[4]);
