package svasim.models.dsa.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static svasim.models.MachineUnderTest.PASID;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeTry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.models.MachineUnderTest;
import svasim.models.dsa.layout.CompletionRecord;
import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Flags;
import svasim.models.dsa.layout.Opcode;
import svasim.models.dsa.layout.Status;

/** Results byte for byte, and that nothing around them changes. */
class DsaOperationsTest {
    private static final long SOURCE = 0x10_0000;
    private static final long DESTINATION = 0x20_0000;
    private static final int ROOM = 16 << 10;

    private DsaUnderTest dsa;
    private MachineUnderTest machine;
    private byte[] source;
    private byte[] destination;

    @BeforeEach
    @BeforeTry
    void prepare() {
        dsa = DsaUnderTest.ready();
        machine = dsa.machine();
        source = random(1);
        destination = random(2);
        machine.map(PASID, SOURCE, ROOM);
        machine.map(PASID, DESTINATION, ROOM);
        machine.store(PASID, SOURCE, source);
        machine.store(PASID, DESTINATION, destination);
    }

    @Test
    void shouldCompleteANoOp() {
        CompletionRecord record =
                dsa.carryOut(Descriptor.builder(Opcode.NO_OP).flags(DsaUnderTest.flags(false)));

        assertEquals(CompletionRecord.of(Status.SUCCESS), record);
    }

    @Property(tries = 40)
    void shouldMoveEveryByteAndNoOther(
            @ForAll @IntRange(max = 5000) int from,
            @ForAll @IntRange(max = 5000) int to,
            @ForAll @IntRange(min = 1, max = 9000) int size) {
        CompletionRecord record =
                dsa.carryOut(DsaUnderTest.move(SOURCE + from, DESTINATION + to, size, true));

        System.arraycopy(source, from, destination, to, size);
        assertEquals(Status.SUCCESS, record.status());
        assertEquals(size, record.bytesCompleted());
        assertArrayEquals(destination, machine.load(PASID, DESTINATION, ROOM));
        assertArrayEquals(source, machine.load(PASID, SOURCE, ROOM));
    }

    @Property(tries = 40)
    void shouldMoveOverlappingRegionsAsIfThroughACopy(
            @ForAll @IntRange(max = 5000) int from,
            @ForAll @IntRange(max = 5000) int to,
            @ForAll @IntRange(min = 1, max = 9000) int size) {
        CompletionRecord record =
                dsa.carryOut(DsaUnderTest.move(SOURCE + from, SOURCE + to, size, true));

        System.arraycopy(source, from, source, to, size);
        assertEquals(Status.SUCCESS, record.status());
        assertArrayEquals(source, machine.load(PASID, SOURCE, ROOM));
    }

    @Property(tries = 20)
    void shouldRepeatThePatternOverAnySize(
            @ForAll long pattern,
            @ForAll @IntRange(max = 5000) int to,
            @ForAll @IntRange(min = 1, max = 9000) int size) {
        CompletionRecord record =
                dsa.carryOut(
                        Descriptor.builder(Opcode.FILL)
                                .flags(DsaUnderTest.flags(true))
                                .source(pattern)
                                .destination(DESTINATION + to)
                                .size(size));

        for (int i = 0; i < size; i++) {
            destination[to + i] = (byte) (pattern >>> (i & 7) * 8);
        }
        assertEquals(Status.SUCCESS, record.status());
        assertArrayEquals(destination, machine.load(PASID, DESTINATION, ROOM));
    }

    /** A fill reads nothing that could tell it to go on; 512 buffers hold 32 KiB. */
    @Test
    void shouldFillMoreThanTheReadBuffersHold() {
        int size = 200_000;
        long far = 0x80_0000;
        machine.map(PASID, far, size);

        CompletionRecord record =
                dsa.carryOut(
                        Descriptor.builder(Opcode.FILL)
                                .flags(DsaUnderTest.flags(true))
                                .source(0x0101_0101_0101_0101L)
                                .destination(far)
                                .size(size));

        byte[] ones = new byte[size];
        Arrays.fill(ones, (byte) 1);
        assertEquals(Status.SUCCESS, record.status());
        assertArrayEquals(ones, machine.load(PASID, far, size));
    }

    @Property(tries = 20)
    void shouldFindTheFirstDifference(@ForAll @IntRange(max = 8999) int at) {
        byte[] other = source.clone();
        other[at] ^= 0x40;
        other[9500] ^= 1;
        machine.store(PASID, DESTINATION, other);

        CompletionRecord record = dsa.carryOut(compare(9000).expectedResult(1));

        assertEquals(Status.SUCCESS, record.status());
        assertEquals(1, record.result());
        assertEquals(at, record.bytesCompleted());
    }

    @Test
    void shouldTellEqualRegionsAndCheckTheExpectation() {
        machine.store(PASID, DESTINATION, source);

        CompletionRecord equal = dsa.carryOut(compare(9000));
        CompletionRecord unexpected =
                dsa.carryOut(
                        compare(9000)
                                .flags(DsaUnderTest.flags(true) | Flags.CHECK_RESULT)
                                .expectedResult(1));

        assertEquals(Status.SUCCESS, equal.status());
        assertEquals(0, equal.result());
        assertEquals(9000, equal.bytesCompleted());
        assertEquals(Status.RESULT_MISMATCH, unexpected.status());
    }

    @Test
    void shouldCompareWithAPattern() {
        long pattern = 0x0807_0605_0403_0201L;
        byte[] repeated = new byte[100];
        for (int i = 0; i < repeated.length; i++) {
            repeated[i] = (byte) (i % 8 + 1);
        }
        repeated[97] = 0;
        machine.store(PASID, SOURCE, repeated);

        CompletionRecord record =
                dsa.carryOut(
                        Descriptor.builder(Opcode.COMPARE_PATTERN)
                                .flags(DsaUnderTest.flags(true))
                                .source(SOURCE)
                                .destination(pattern)
                                .size(100));

        assertEquals(1, record.result());
        assertEquals(97, record.bytesCompleted());
    }

    @Test
    void shouldWriteBothDestinationsOfADualcast() {
        long second = DESTINATION + 0x2000;

        CompletionRecord record =
                dsa.carryOut(
                        Descriptor.builder(Opcode.DUALCAST)
                                .flags(DsaUnderTest.flags(true))
                                .source(SOURCE + 5)
                                .destination(DESTINATION + 0x100)
                                .destination2(second + 0x100)
                                .size(6000));

        System.arraycopy(source, 5, destination, 0x100, 6000);
        System.arraycopy(source, 5, destination, 0x2100, 6000);
        assertEquals(Status.SUCCESS, record.status());
        assertArrayEquals(destination, machine.load(PASID, DESTINATION, ROOM));
    }

    @Test
    void shouldCopyWithTheChecksumOfWhatWasCopied() {
        byte[] counting = new byte[4096];
        for (int i = 0; i < counting.length; i++) {
            counting[i] = (byte) i;
        }
        machine.store(PASID, SOURCE, counting);

        CompletionRecord record =
                dsa.carryOut(
                        Descriptor.builder(Opcode.COPY_WITH_CRC)
                                .flags(DsaUnderTest.flags(true))
                                .source(SOURCE)
                                .destination(DESTINATION)
                                .size(4096));

        assertEquals(0x9c71_fe32L, record.specific());
        assertArrayEquals(counting, machine.load(PASID, DESTINATION, 4096));
    }

    @Test
    void shouldCompleteADrainAfterAllBefore() {
        dsa.submit(DsaUnderTest.move(SOURCE, DESTINATION, ROOM, true));
        long drain =
                dsa.submit(
                        Descriptor.builder(Opcode.DRAIN)
                                .flags(DsaUnderTest.flags(false) | Flags.DRAIN_READ_BACK_1)
                                .source(DESTINATION + 100));
        while (dsa.record(drain).status() == Status.NONE) {
            machine.runFor(1_000);
        }

        assertArrayEquals(source, machine.load(PASID, DESTINATION, ROOM));
        assertEquals(Status.SUCCESS, dsa.record(drain).status());
        machine.run();
    }

    private Descriptor.Builder compare(int size) {
        return Descriptor.builder(Opcode.COMPARE)
                .flags(DsaUnderTest.flags(true))
                .source(SOURCE)
                .destination(DESTINATION)
                .size(size);
    }

    private static byte[] random(long seed) {
        byte[] bytes = new byte[ROOM];
        new Random(seed).nextBytes(bytes);
        return Arrays.copyOf(bytes, ROOM);
    }
}
