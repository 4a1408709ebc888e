"""Ledger to file: spreadsheet, csv, json."""
