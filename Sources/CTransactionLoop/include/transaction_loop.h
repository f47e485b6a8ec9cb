#pragma once
#include <stddef.h>
#include <stdint.h>

/// What the loop is to do. Strings are lent for the call.
typedef struct {
    const char *brokers;
    const char *input;
    const char *output;
    /// Also the beginning of the transactional ids.
    const char *group;
    /// The call returns when so many records were copied.
    int64_t records;
    int32_t records_per_transaction;
    /// 1, or 2 that take turns, one transaction after the other.
    int32_t producers;
    /// What is fetched ahead, in kilobytes.
    int32_t prefetch;
} transaction_loop_settings;

/// Consumes `input`, produces the same records to `output`, and stores the offsets in the same transaction: what a
/// program in C that does nothing else takes for it. Blocks; gives up on the first error, since it only measures.
/// - Returns: 0, or 1 with a sentence in `reason`.
int transaction_loop_run(const transaction_loop_settings *settings, char *reason, size_t reason_size);
