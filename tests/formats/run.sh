#!/usr/bin/env bash
# Hands the test its files.
exec python3 tests/formats/formats_test.py engine/cli/onrecord tests/data/arcs tests/formats/schemas
