#ifndef TENCA_CLONES_H
#define TENCA_CLONES_H

// CLONED compiles a function once for each x86 family and picks one when the program is loaded, so
// that a plain build still uses AVX2 or AVX-512 where they exist. Other processors have one
// sufficient vector set. The thread sanitizer crashes in the loader's choice, so it goes without.
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define TENCA_NO_CLONES
#endif
#endif

#if defined(__x86_64__) && defined(__ELF__) && !defined(TENCA_NO_CLONES)
#define CLONED __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define CLONED
#endif

// Must be inlined into each clone to be compiled for that clone's processor.
#define KERNEL static inline __attribute__((always_inline))

#endif
