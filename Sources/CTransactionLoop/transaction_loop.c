#include "transaction_loop.h"

#include <librdkafka/rdkafka.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { patience_ms = 30000, stall_s = 60 };

typedef struct {
    rd_kafka_t *consumer;
    rd_kafka_queue_t *queue;
    rd_kafka_t *producers[2];
    rd_kafka_topic_t *outputs[2];
    rd_kafka_message_t **messages;
    size_t count;
    char *reason;
    size_t reason_size;
} loop;

static int fail(loop *loop, const char *what, const char *why) {
    snprintf(loop->reason, loop->reason_size, "%s: %s", what, why);
    return 1;
}

/// Takes what a transactional call returned.
static int check(loop *loop, const char *what, rd_kafka_error_t *error) {
    if (!error) return 0;
    fail(loop, what, rd_kafka_error_string(error));
    rd_kafka_error_destroy(error);
    return 1;
}

/// Without one, librdkafka waits for reports that nobody collects in steps of ten milliseconds.
static void delivered(rd_kafka_t *producer, const rd_kafka_message_t *message, void *failures) {
    (void)producer;
    if (message->err) ++*(int *)failures;
}

typedef struct {
    const char *name;
    const char *value;
} property;

static rd_kafka_t *make(
    loop *loop, rd_kafka_type_t type, const property *properties, size_t count, int *failures) {
    rd_kafka_conf_t *conf = rd_kafka_conf_new();
    for (size_t index = 0; index < count; ++index) {
        if (rd_kafka_conf_set(conf, properties[index].name, properties[index].value, loop->reason, loop->reason_size)) {
            rd_kafka_conf_destroy(conf);
            return NULL;
        }
    }
    if (failures) {
        rd_kafka_conf_set_opaque(conf, failures);
        rd_kafka_conf_set_dr_msg_cb(conf, delivered);
    }
    rd_kafka_t *client = rd_kafka_new(type, conf, loop->reason, loop->reason_size);
    if (!client) rd_kafka_conf_destroy(conf);
    return client;
}

static int open_producers(loop *loop, const transaction_loop_settings *settings, int *failures) {
    for (int index = 0; index < settings->producers; ++index) {
        char id[256];
        snprintf(id, sizeof id, "%s-%d", settings->group, index);
        const property properties[] = {
            {"bootstrap.servers", settings->brokers}, {"transactional.id", id}, {"acks", "all"},
            {"transaction.timeout.ms", "15000"},  {"message.max.bytes", "100000000"},
            // How long librdkafka sleeps while the coordinator still ends the transaction before.
            {"retry.backoff.ms", "1"},
            {"linger.ms", "1"},
            // One batch of a partition is sent at a time: so it holds a whole transaction.
            {"batch.size", "1048576"},
        };
        rd_kafka_t *producer = make(loop, RD_KAFKA_PRODUCER, properties, sizeof properties / sizeof *properties, failures);
        if (!producer) return 1;
        loop->producers[index] = producer;
        if (check(loop, "init_transactions", rd_kafka_init_transactions(producer, patience_ms))) return 1;
        loop->outputs[index] = rd_kafka_topic_new(producer, settings->output, NULL);
        if (!loop->outputs[index]) return fail(loop, settings->output, rd_kafka_err2str(rd_kafka_last_error()));
    }
    return 0;
}

static int open_consumer(loop *loop, const transaction_loop_settings *settings) {
    char prefetch[16];
    snprintf(prefetch, sizeof prefetch, "%d", settings->prefetch);
    const property properties[] = {
        {"bootstrap.servers", settings->brokers}, {"group.id", settings->group},
        {"isolation.level", "read_committed"}, {"enable.auto.commit", "false"}, {"auto.offset.reset", "earliest"},
        {"partition.assignment.strategy", "cooperative-sticky"}, {"queued.max.messages.kbytes", prefetch},
        {"queued.min.messages", "1000000"}, {"fetch.message.max.bytes", "4194304"},
    };
    loop->consumer = make(loop, RD_KAFKA_CONSUMER, properties, sizeof properties / sizeof *properties, NULL);
    if (!loop->consumer) return 1;
    rd_kafka_poll_set_consumer(loop->consumer);
    loop->queue = rd_kafka_queue_get_consumer(loop->consumer);
    rd_kafka_topic_partition_list_t *topics = rd_kafka_topic_partition_list_new(1);
    rd_kafka_topic_partition_list_add(topics, settings->input, RD_KAFKA_PARTITION_UA);
    rd_kafka_resp_err_t error = rd_kafka_subscribe(loop->consumer, topics);
    rd_kafka_topic_partition_list_destroy(topics);
    return error ? fail(loop, "subscribe", rd_kafka_err2str(error)) : 0;
}

/// One transaction: the records at hand and the positions behind them.
static int copy(loop *loop, int turn, int *failures) {
    rd_kafka_t *producer = loop->producers[turn];
    if (check(loop, "begin_transaction", rd_kafka_begin_transaction(producer))) return 1;
    rd_kafka_topic_partition_list_t *positions = rd_kafka_topic_partition_list_new(8);
    int result = 0;
    for (size_t index = 0; index < loop->count && !result; ++index) {
        rd_kafka_message_t *message = loop->messages[index];
        // Not copied: the message lives until its transaction has ended.
        while (rd_kafka_produce(
                   loop->outputs[turn], message->partition, 0, message->payload, message->len, message->key,
                   message->key_len, NULL)) {
            if (rd_kafka_last_error() != RD_KAFKA_RESP_ERR__QUEUE_FULL) {
                result = fail(loop, "produce", rd_kafka_err2str(rd_kafka_last_error()));
                break;
            }
            rd_kafka_poll(producer, 10);
        }
        const char *topic = rd_kafka_topic_name(message->rkt);
        rd_kafka_topic_partition_t *position =
            rd_kafka_topic_partition_list_find(positions, topic, message->partition);
        if (!position) position = rd_kafka_topic_partition_list_add(positions, topic, message->partition);
        position->offset = message->offset + 1;
    }
    if (!result) {
        rd_kafka_consumer_group_metadata_t *group = rd_kafka_consumer_group_metadata(loop->consumer);
        result = check(
            loop, "send_offsets_to_transaction",
            rd_kafka_send_offsets_to_transaction(producer, positions, group, patience_ms));
        rd_kafka_consumer_group_metadata_destroy(group);
    }
    rd_kafka_topic_partition_list_destroy(positions);
    if (!result) result = check(loop, "commit_transaction", rd_kafka_commit_transaction(producer, patience_ms));
    if (!result && *failures) result = fail(loop, "produce", "not all records were delivered");
    return result;
}

static void destroy_messages(loop *loop) {
    for (size_t index = 0; index < loop->count; ++index) rd_kafka_message_destroy(loop->messages[index]);
    loop->count = 0;
}

/// Fills the room for messages up to `wanted`, or with what comes within a moment.
static int take(loop *loop, size_t wanted) {
    rd_kafka_message_t *message;
    ssize_t got = rd_kafka_consume_batch_queue(loop->queue, 100, loop->messages, wanted);
    if (got < 0) return fail(loop, "consume", rd_kafka_err2str(rd_kafka_last_error()));
    for (ssize_t index = 0; index < got; ++index) {
        message = loop->messages[index];
        if (!message->err) {
            loop->messages[loop->count++] = message;
            continue;
        }
        int is_fatal = message->err == RD_KAFKA_RESP_ERR__FATAL;
        if (is_fatal) fail(loop, "consume", rd_kafka_message_errstr(message));
        rd_kafka_message_destroy(message);
        if (is_fatal) return 1;
    }
    return 0;
}

static int run(loop *loop, const transaction_loop_settings *settings, int *failures) {
    int64_t copied = 0;
    int turn = 0;
    time_t progress = time(NULL);
    while (copied < settings->records) {
        if (take(loop, (size_t)settings->records_per_transaction)) return 1;
        if (loop->count == 0) {
            if (time(NULL) - progress > stall_s) return fail(loop, settings->input, "no more records come");
            continue;
        }
        if (copy(loop, turn, failures)) return 1;
        copied += (int64_t)loop->count;
        destroy_messages(loop);
        turn = (turn + 1) % settings->producers;
        progress = time(NULL);
    }
    return 0;
}

int transaction_loop_run(const transaction_loop_settings *settings, char *reason, size_t reason_size) {
    loop loop = {.reason = reason, .reason_size = reason_size};
    int failures = 0;
    if (settings->producers < 1 || settings->producers > 2 || settings->records_per_transaction < 1)
        return fail(&loop, "settings", "1 or 2 producers, and at least one record in a transaction");
    loop.messages = calloc((size_t)settings->records_per_transaction, sizeof *loop.messages);
    int result = !loop.messages ? fail(&loop, "memory", "none left")
                                : open_producers(&loop, settings, &failures) || open_consumer(&loop, settings)
                                      || run(&loop, settings, &failures);
    for (int index = 0; index < 2; ++index) {
        if (!loop.producers[index]) continue;
        // What a transaction that failed left behind still points into the messages.
        if (result) rd_kafka_purge(loop.producers[index], RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
        if (loop.outputs[index]) rd_kafka_topic_destroy(loop.outputs[index]);
        rd_kafka_destroy(loop.producers[index]);
    }
    destroy_messages(&loop);
    free(loop.messages);
    if (loop.queue) rd_kafka_queue_destroy(loop.queue);
    if (loop.consumer) {
        rd_kafka_consumer_close(loop.consumer);
        rd_kafka_destroy(loop.consumer);
    }
    return result;
}
