package svasim.models.zip.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.models.MachineUnderTest.PASID;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import svasim.models.MachineUnderTest;
import svasim.models.zip.layout.Doorbell;
import svasim.models.zip.layout.Mailbox;
import svasim.models.zip.layout.QueueContext;
import svasim.models.zip.layout.Sqe;
import svasim.models.zip.layout.Status;

class ZipDeviceTest {
    private static final long SOURCE = 0x7000_0000_0000L;
    private static final long PACKED = SOURCE + 0x1_0000;
    private static final long BACK = SOURCE + 0x2_0000;
    private static final int BYTES = 8192;

    private ZipUnderTest zip;
    private MachineUnderTest machine;

    @BeforeEach
    void prepare() {
        zip = ZipUnderTest.of(4);
        machine = zip.machine();
        machine.map(PASID, SOURCE, 0x3_0000);
        zip.start(0, PASID, QueueContext.COMPRESS);
        zip.start(1, PASID, QueueContext.DECOMPRESS);
    }

    @ParameterizedTest
    @ValueSource(ints = {Sqe.ZLIB, Sqe.GZIP})
    void shouldExpandWhatItHasCompressed(int format) {
        byte[] text = text();
        machine.store(PASID, SOURCE, text);

        Sqe.Result packed = run(0, new Sqe(SOURCE, BYTES, PACKED, BYTES, format, 0));
        Sqe.Result back = run(1, new Sqe(PACKED, packed.produced(), BACK, BYTES, format, 0));

        assertEquals(Status.SUCCESS, packed.status());
        assertTrue(packed.produced() < BYTES);
        assertEquals(new Sqe.Result(Status.STREAM_END, packed.produced(), BYTES), back);
        assertArrayEquals(text, machine.load(PASID, BACK, BYTES));
    }

    @Test
    void shouldLeaveAloneWhatFollowsTheEndOfAStream() {
        machine.store(PASID, SOURCE, text());
        int packed = run(0, new Sqe(SOURCE, BYTES, PACKED, BYTES, Sqe.ZLIB, 0)).produced();

        Sqe.Result back = run(1, new Sqe(PACKED, BYTES, BACK, BYTES, Sqe.ZLIB, 0));

        assertTrue(packed < BYTES);
        assertEquals(BYTES, back.produced());
    }

    @Test
    void shouldWriteNothingWhereTheResultDoesNotFit() {
        byte[] noise = new byte[BYTES];
        new Random(1).nextBytes(noise);
        machine.store(PASID, SOURCE, noise);

        Sqe.Result result = run(0, new Sqe(SOURCE, BYTES, PACKED, BYTES, Sqe.ZLIB, 0));

        assertEquals(new Sqe.Result(Status.NO_ROOM, 0, 0), result);
        assertArrayEquals(new byte[BYTES], machine.load(PASID, PACKED, BYTES));
    }

    @Test
    void shouldFillItsRoomWhereTheStreamIsLonger() {
        machine.store(PASID, SOURCE, text());
        int packed = run(0, new Sqe(SOURCE, BYTES, PACKED, BYTES, Sqe.ZLIB, 0)).produced();

        Sqe.Result back = run(1, new Sqe(PACKED, packed, BACK, 100, Sqe.ZLIB, 0));

        assertEquals(Status.NO_ROOM, back.status());
        assertEquals(100, back.produced());
    }

    @Test
    void shouldTellOfBytesThatAreNoStream() {
        machine.store(PASID, PACKED, text());

        assertEquals(
                Status.BAD_STREAM,
                run(1, new Sqe(PACKED, BYTES, BACK, BYTES, Sqe.ZLIB, 0)).status());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 9 << 20})
    void shouldTakeNoEntryOfAnImpossibleLength(int length) {
        assertEquals(
                Status.BAD_ENTRY,
                run(0, new Sqe(SOURCE, length, PACKED, BYTES, Sqe.ZLIB, 0)).status());
    }

    @Test
    void shouldTakeNoEntryOfAnUnknownFormat() {
        assertEquals(
                Status.BAD_ENTRY, run(0, new Sqe(SOURCE, BYTES, PACKED, BYTES, 7, 0)).status());
    }

    @Test
    void shouldTellOfAccessesThatAreAborted() {
        long nowhere = 0x1000;

        assertEquals(
                Status.BUS_ERROR,
                run(0, new Sqe(nowhere, BYTES, PACKED, BYTES, Sqe.ZLIB, 0)).status());
    }

    @Test
    void shouldChangeThePhaseWithEachRoundOfTheQueue() {
        for (int i = 0; i < ZipUnderTest.DEPTH + 1; i++) {
            zip.submit(0, new Sqe(SOURCE, 64, PACKED, 64, Sqe.ZLIB, 0));
            machine.run();
            zip.ring(new Doorbell(0, Doorbell.CQ, (i + 1) % ZipUnderTest.DEPTH));
        }

        assertFalse(zip.completion(0, 0).phase());
        assertTrue(zip.completion(0, 1).phase());
    }

    @Test
    void shouldFetchNothingWhoseCompletionHasNoPlace() {
        for (int i = 0; i < ZipUnderTest.DEPTH - 1; i++) {
            zip.submit(0, new Sqe(SOURCE, 64, PACKED, 64, Sqe.ZLIB, 0));
        }
        machine.run();
        zip.submit(0, new Sqe(SOURCE, 64, PACKED, 64, Sqe.ZLIB, 0));
        machine.run();
        assertEquals(ZipUnderTest.DEPTH - 1, zip.ended(0).size());

        zip.ring(new Doorbell(0, Doorbell.CQ, 1));
        machine.run();

        assertEquals(ZipUnderTest.DEPTH, zip.ended(0).size());
    }

    @Test
    void shouldTakeTurnsWithItsQueues() {
        zip = ZipUnderTest.of(1);
        machine = zip.machine();
        machine.map(PASID, SOURCE, 0x3_0000);
        zip.start(0, PASID, QueueContext.COMPRESS);
        zip.start(2, PASID, QueueContext.COMPRESS);
        Sqe entry = new Sqe(SOURCE, BYTES, PACKED, BYTES, Sqe.ZLIB, 0);
        zip.submit(0, entry, entry, entry, entry);
        zip.submit(2, entry);

        while (zip.ended(2).isEmpty()) {
            machine.runFor(100_000);
        }

        assertTrue(zip.ended(0).size() <= 2);
    }

    @Test
    void shouldRefuseCommandsForQueuesThatItHasNot() {
        QueueContext context = new QueueContext(0, 1, PASID, 0);

        assertEquals(1, zip.command(Mailbox.SQC, 100, context));
        assertEquals(1, zip.command(0x77, 0, context));
        assertEquals(0, zip.command(Mailbox.SQC, 3, context));
    }

    @Test
    void shouldIgnoreDoorbellsOfQueuesThatAreNotStarted() {
        zip.ring(new Doorbell(3, Doorbell.SQ, 1));
        zip.ring(new Doorbell(4000, Doorbell.SQ, 1));
        machine.run();

        assertEquals(List.of(), machine.device().waitingFor());
    }

    @Test
    void shouldUseItsOwnSpaceForAQueueWithoutPasid() {
        machine.map(-1, SOURCE, BYTES);
        machine.map(-1, PACKED, BYTES);
        byte[] text = text();
        machine.store(-1, SOURCE, text);
        zip.start(2, QueueContext.NO_PASID, QueueContext.COMPRESS);

        Sqe.Result result = run(2, new Sqe(SOURCE, BYTES, PACKED, BYTES, Sqe.ZLIB, 0));

        assertEquals(Status.SUCCESS, result.status());
        assertFalse(machine.load(-1, PACKED, 1)[0] == 0);
        assertEquals(0, machine.load(PASID, PACKED, 1)[0]);
    }

    private Sqe.Result run(int queue, Sqe entry) {
        int before = zip.ended(queue).size();
        zip.submit(queue, entry);
        machine.run();
        List<Integer> ended = zip.ended(queue);
        assertEquals(before + 1, ended.size());
        return zip.result(queue, ended.get(before));
    }

    private static byte[] text() {
        byte[] text = new byte[BYTES];
        Random random = new Random(7);
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) ('a' + random.nextInt(4));
        }
        return text;
    }
}
