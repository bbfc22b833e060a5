//! Tables survive the disk, and their bytes depend on nothing but themselves.

use std::env;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::process::Command;

use mkba_core::table::{Table, Values};
use mkba_results::file::PARQUET_ROWS_PER_GROUP;
use mkba_results::{ResultsError, read_csv, read_parquet, write_csv, write_parquet};

fn overview() -> Table {
    Table::new("overview")
        .text("alternative", ["hardware", "software, twice", "a \"quoted\" one", ""])
        .number("pv_mean_eur", [-2_500_000.0, 0.1 + 0.2, 1e-300, f64::MAX])
        .optional_number("irr", [None, Some(0.04), None, Some(-0.0)])
        .whole("year", [2030, -1, i64::MAX, 0])
}

/// More rows than two groups of a Parquet file, with values that compress badly.
fn draws() -> Table {
    let rows = 2 * PARQUET_ROWS_PER_GROUP + 1_000;
    let noise = |row: usize| ((row as f64) * 0.618_033_988_749_895).fract() * 1e9 - 4e8;
    Table::new("npv")
        .text("alternative", (0..rows).map(|row| ["hardware", "software"][row % 2]))
        .whole("draw", (0..rows).map(|row| row as i64))
        .number("npv_eur", (0..rows).map(noise))
        .optional_number("irr", (0..rows).map(|row| (row % 3 > 0).then(|| noise(row) * 1e-9)))
}

#[test]
fn csv_holds_the_shortest_numbers_and_empty_cells() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let path = folder.path().join("overview.csv");
    write_csv(&overview(), &path).expect("written");
    let expected = "alternative,pv_mean_eur,irr,year\n\
        hardware,-2500000.0,,2030\n\
        \"software, twice\",0.30000000000000004,0.04,-1\n\
        \"a \"\"quoted\"\" one\",1e-300,,9223372036854775807\n\
        \"\",1.7976931348623157e+308,-0.0,0\n";
    assert_eq!(fs::read_to_string(&path).expect("read"), expected);
    assert_eq!(read_csv(&path).expect("read"), overview());
}

#[test]
fn parquet_reads_back_as_it_was() {
    let folder = tempfile::tempdir().expect("temporary folder");
    for table in [overview(), draws()] {
        let path = folder.path().join(format!("{}.parquet", table.name));
        write_parquet(&table, &path).expect("written");
        assert_eq!(read_parquet(&path).expect("read"), table);
    }
}

#[test]
fn tables_without_rows_keep_their_columns() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let empty = Table::new("npv").text("scenario", [""; 0]).number("npv_eur", []);
    write_csv(&empty, folder.path().join("npv.csv")).expect("written");
    write_parquet(&empty, folder.path().join("npv.parquet")).expect("written");
    assert_eq!(read_parquet(folder.path().join("npv.parquet")).expect("read"), empty);
    let from_csv = read_csv(folder.path().join("npv.csv")).expect("read");
    assert_eq!(
        from_csv
            .columns
            .iter()
            .map(|column| column.name.as_str())
            .collect::<Vec<_>>(),
        ["scenario", "npv_eur"]
    );
    assert_eq!(from_csv.row_count(), 0);
}

#[test]
fn bytes_are_the_same_for_one_and_two_threads() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let [one, two] = ["1", "2"].map(|threads| {
        let target = folder.path().join(threads);
        fs::create_dir(&target).expect("created");
        let status = Command::new(env::current_exe().expect("this test program"))
            .args(["--exact", "writes_its_draws_where_asked"])
            .envs([("POLARS_MAX_THREADS", threads), ("RAYON_NUM_THREADS", threads)])
            .env("MKBA_TEST_TARGET", &target)
            .status();
        assert!(status.expect("started").success());
        ["npv.csv", "npv.parquet"].map(|name| fs::read(target.join(name)).expect("read"))
    });
    assert!(
        one.iter().all(|bytes| bytes.len() > 1_000_000),
        "{:?} bytes are too few to be worth splitting",
        one.each_ref().map(Vec::len)
    );
    assert!(one == two, "the bytes differ between one and two threads");
}

/// The part of the test above that runs in a process of its own, since the number of threads is fixed at start.
#[test]
fn writes_its_draws_where_asked() {
    let Some(target) = env::var_os("MKBA_TEST_TARGET") else {
        return;
    };
    write_csv(&draws(), Path::new(&target).join("npv.csv")).expect("written");
    write_parquet(&draws(), Path::new(&target).join("npv.parquet")).expect("written");
}

#[test]
fn the_hash_is_that_of_the_bytes() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let path = folder.path().join("npv.parquet");
    let hash = write_parquet(&draws(), &path).expect("written");
    assert_eq!(hash, blake3::hash(&fs::read(&path).expect("read")).to_hex().to_string());
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_from_other_failures() {
    for result in [write_csv(&draws(), "/dev/full"), write_parquet(&draws(), "/dev/full")] {
        let error = result.expect_err("the device is full");
        assert_eq!(error.code(), "E0702");
        assert!(error.help().contains("free some space"), "{error:?}");
        assert!(matches!(error, ResultsError::CannotWrite { error, .. } if error.kind() == ErrorKind::StorageFull));
    }
}

#[test]
fn what_is_not_a_results_file_is_refused() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let missing = read_csv(folder.path().join("missing.csv")).expect_err("there is no such file");
    assert!(matches!(missing, ResultsError::CannotRead { .. }));

    let contents: [&[u8]; 4] = [b"", b"PAR1", b"a,b\n1,2,3,4\n", b"a,b\n1,\xff\n"];
    for (number, content) in contents.into_iter().enumerate() {
        let path = folder.path().join(format!("{number}.csv"));
        fs::write(&path, content).expect("written");
        let as_parquet = read_parquet(&path).expect_err("not Parquet");
        assert_eq!(as_parquet.code(), "E0703", "{as_parquet}");
        if number != 1 {
            let as_csv = read_csv(&path).expect_err("not a table");
            assert_eq!(as_csv.code(), "E0703", "{as_csv}");
        }
    }
}

#[test]
fn a_truncated_parquet_file_is_refused() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let path = folder.path().join("npv.parquet");
    write_parquet(&draws(), &path).expect("written");
    let bytes = fs::read(&path).expect("read");
    fs::write(&path, &bytes[..bytes.len() / 2]).expect("written");
    assert_eq!(read_parquet(&path).expect_err("half a file").code(), "E0703");
}

#[test]
fn a_ragged_table_is_never_written() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let path = folder.path().join("ragged.csv");
    let ragged = Table::new("ragged")
        .number("one", [1.0])
        .with("two", Values::Whole(vec![1, 2]));
    let error = write_csv(&ragged, &path).expect_err("two rows against one");
    assert!(matches!(error, ResultsError::MalformedTable(_)));
    assert!(!path.exists());
}
