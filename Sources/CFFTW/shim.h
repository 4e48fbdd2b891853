// Without <complex.h>, FFTW declares a complex number as two reals, which is how it imports into Swift.
#include <fftw3.h>
