"""Files that somebody reads, whatever others read of them."""

import polars as pl

from dancu.files import source as files


def test_a_parquet_file_is_read_again_after_somebody_looked_only_at_its_beginning(tmp_path):
    file = tmp_path / "people.parquet"
    pl.DataFrame({"birth": ["30/04/1975"] * (2 * files.BATCH + 5)}).write_parquet(file)
    with files.opened(file) as source:
        for _nth in range(2):
            looking = source.as_it_stands(["birth"])
            assert next(looking).height
        assert sum(batch.height for batch in source.batches({"birth": "birth"})) == 2 * files.BATCH + 5
        assert next(looking).height, "and whoever was reading goes on"
