#pragma once

#include "bench/harness/figure.hpp"

namespace payferry::bench {

// What no program on this machine can go beyond. Each returns one run's MB/s.

/// Encryption of TLS records of 16 KiB with AES-128-GCM, on one thread.
double measure_encryption();
/// A copy through a TCP connection to this machine itself, writer and reader on a thread each.
double measure_loopback();
/// Finding the lines of a file of payments in memory, on one thread.
double measure_line_scan();

Section measure_limits(unsigned runs);

}  // namespace payferry::bench
