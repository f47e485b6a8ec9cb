#pragma once

#include <linear.h>

// The header's argument is a plain function pointer without prototype checks; a function that prints nothing is simplest in C.
static inline void huiyin_liblinear_print_nothing(const char *text) { (void)text; }

static inline void huiyin_liblinear_be_silent(void) { set_print_string_function(huiyin_liblinear_print_nothing); }
