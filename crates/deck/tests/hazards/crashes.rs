//! Cells that end their process, or try to.

use crate::hazard::Hazard;

const FRESH: &str = "Its variables are gone: the next run starts with a fresh interpreter.";

#[tokio::test]
async fn a_segmentation_fault() {
    Hazard::new("import ctypes\nctypes.string_at(0)")
        .crashes()
        .shows(&["Segmentation fault", FRESH])
        .check()
        .await;
}

#[tokio::test]
async fn a_segmentation_fault_where_namespaces_are_refused() {
    Hazard::new("import ctypes\nctypes.string_at(0)")
        .bare()
        .crashes()
        .shows(&["Segmentation fault", FRESH])
        .check()
        .await;
}

#[tokio::test]
async fn os_abort() {
    Hazard::new("import os\nos.abort()").crashes().shows(&["Abort: ", FRESH]).check().await;
}

#[tokio::test]
async fn os_exit() {
    Hazard::new("import os\nos._exit(3)")
        .crashes()
        .shows(&["exited at once with code 3", FRESH])
        .check()
        .await;
}

#[tokio::test]
async fn sys_exit() {
    Hazard::new("import sys\nsys.exit(3)").raises().shows(&["SystemExit: 3"]).check().await;
}

#[tokio::test]
async fn a_stack_overflow_in_rust() {
    Hazard::new("import ctypes\nctypes.CDLL('LIBRARY').overflow(ctypes.c_uint64(0))")
        .crashes()
        .shows(&["the stack overflowed", FRESH])
        .check()
        .await;
}

#[tokio::test]
async fn an_abort_in_rust() {
    Hazard::new("import ctypes\nctypes.CDLL('LIBRARY').abort()")
        .crashes()
        .shows(&["Abort: ", FRESH])
        .check()
        .await;
}

#[tokio::test]
async fn a_panic() {
    Hazard::new("import rusty\nrusty.panics(0)")
        .raises()
        .shows(&["panicked at ", "x must not be zero", "PanicException"])
        .check()
        .await;
}

#[tokio::test]
async fn a_panic_in_a_destructor_while_unwinding() {
    Hazard::new("import ctypes\nctypes.CDLL('LIBRARY').panic_in_drop()")
        .crashes()
        .shows(&["at first", "in the destructor", "Abort: ", "a panic while unwinding", FRESH])
        .check()
        .await;
}
