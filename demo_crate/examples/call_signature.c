/* How CPython calls a function whose row says METH_FASTCALL | METH_KEYWORDS. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

// ANCHOR: signature
PyObject *add_one(
    PyObject *self,
    PyObject *const *args, Py_ssize_t n,
    PyObject *names);
// ANCHOR_END: signature

/* The compiler refuses this line if the signature above is not the one that CPython expects. */
_PyCFunctionFastWithKeywords ml_meth = add_one;
