//! Nothing is allocated while draws are evaluated. A program of its own, because it counts for all of its threads.
#[expect(dead_code, reason = "shared by several test programs, each of which uses a part")]
mod support;

use mkba_core::appraisal::Detail;
use mkba_core::lane::Isa;
use mkba_montecarlo::runner::SPAN;
use mkba_montecarlo::{Settings, run};
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use support::project::Project;

/// The system's allocator, counted.
struct Counting;

static ALLOCATIONS: AtomicUsize = AtomicUsize::new(0);

#[expect(
    unsafe_code,
    reason = "an allocator cannot be written otherwise; every call is handed on as it came"
)]
// SAFETY: the system's allocator keeps the promises of the trait, and gets the same arguments.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        unsafe { System.dealloc(pointer, layout) }
    }
    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

#[test]
fn from_the_first_block_of_a_span_to_the_last_nothing_is_allocated() {
    let compiled = Project::shipped().compile("scenarios/campus-cba-30.toml", Detail::Full);
    let (first, last, blocks) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
    let progress = |_| {
        let allocations = ALLOCATIONS.load(Ordering::Relaxed);
        if blocks.fetch_add(1, Ordering::Relaxed) == 0 {
            first.store(allocations, Ordering::Relaxed);
        }
        last.store(allocations, Ordering::Relaxed);
    };
    let stop = AtomicBool::new(false);
    let settings = Settings {
        draws: SPAN,
        seed: 1,
        threads: 1,
        block: 64,
        isa: Isa::detect(),
        keep_inputs: true,
        progress: &progress,
        stop: &stop,
    };
    run(&compiled, &settings).expect("the study runs");
    let [first, last, blocks] = [first, last, blocks].map(AtomicUsize::into_inner);
    assert_eq!(blocks, SPAN / 64);
    assert!(first > 0, "allocations are counted");
    assert_eq!(last - first, 0);
}
