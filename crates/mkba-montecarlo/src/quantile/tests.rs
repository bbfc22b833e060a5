use super::*;
#[test]
fn dbg() {
    for _ in 0..3 {
        let t = std::time::Instant::now();
        let q = Quantile::new(&Distribution::Beta { a: 4.0, b: 6.0 }).unwrap();
        eprintln!("{:?}", t.elapsed());
        for u in [0.5f64.powi(50), 1e-3, 0.03, 0.3, 0.47, 0.53, 0.97, 0.999] {
            eprintln!("{u} {:e}", q.at(u));
        }
    }
}
