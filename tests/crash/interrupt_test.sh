#!/usr/bin/env bash
# Hands the test its files.
exec python3 tests/crash/interrupt_test.py engine/cli/onrecord tests/data/arcs/arc_A
