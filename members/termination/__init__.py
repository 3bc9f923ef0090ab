"""Ending an individual policy online, any time after one year (loi 2019-733, décret 2020-1438, loi 2022-1158)."""
