package svasim.models.zip.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import svasim.device.Words;

class LayoutTest {
    @Test
    void shouldPutFieldsOfADoorbellWhereTheQueueManagerLooks() {
        assertEquals(0x0000_01A0_0000_1005L, new Doorbell(5, Doorbell.CQ, 0x1A0).toWord());
    }

    @Test
    void shouldPutFieldsOfAnEntryWhereTheEngineLooks() {
        byte[] bytes = new Sqe(0x1122_3344_5566L, 8192, 0x7788L, 4096, Sqe.GZIP, 9).toBytes();

        assertEquals(128, bytes.length);
        assertEquals(8192, Words.u32(bytes, 4 * 4));
        assertEquals(Sqe.GZIP, Words.u32(bytes, 4 * 9));
        assertEquals(4096, Words.u32(bytes, 4 * 14));
        assertEquals(0x1122_3344_5566L, Words.u64(bytes, 4 * 18));
        assertEquals(0x7788L, Words.u64(bytes, 4 * 20));
    }

    @Test
    void shouldMarkTheMailboxBusyWithTheCommand() {
        Mailbox mailbox = new Mailbox(Mailbox.STOP_QP, 3, 0x1_2345_6000L);

        assertEquals(0x2345_6000_0003_2008L, mailbox.low());
        assertEquals(mailbox, Mailbox.of(mailbox.low(), mailbox.high()));
    }

    @Property
    void shouldKeepContexts(
            @ForAll long base,
            @ForAll @IntRange(min = 1, max = 4096) int depth,
            @ForAll @IntRange(min = -1, max = 0xFFFF) int pasid,
            @ForAll @IntRange(max = 1) int type) {
        QueueContext context = new QueueContext(base, depth, pasid, type);

        assertEquals(context, QueueContext.of(context.toBytes()));
    }

    @Property
    void shouldKeepEntries(
            @ForAll long source, @ForAll int input, @ForAll long destination, @ForAll int room) {
        Sqe entry = new Sqe(source, input, destination, room, Sqe.ZLIB, 1);

        assertEquals(entry, Sqe.of(entry.toBytes()));
    }

    @Property
    void shouldKeepResults(@ForAll Status status, @ForAll int consumed, @ForAll int produced) {
        Sqe.Result result = new Sqe.Result(status, consumed, produced);

        assertEquals(result, Sqe.result(Sqe.resultBytes(result)));
    }

    @Property
    void shouldKeepCompletions(
            @ForAll @IntRange(max = 4095) int index,
            @ForAll @IntRange(max = 4095) int queue,
            @ForAll boolean phase) {
        Cqe entry = new Cqe(index, queue, phase);

        assertEquals(entry, Cqe.of(entry.toBytes()));
    }
}
