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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import svasim.models.MachineUnderTest;
import svasim.models.dsa.layout.CompletionRecord;
import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Flags;
import svasim.models.dsa.layout.Opcode;
import svasim.models.dsa.layout.Status;
import svasim.models.dsa.operation.Continuation;

/** Delta records: what create writes, apply turns back into the same bytes. */
class DeltaTest {
    private static final long OLD = 0x10_0000;
    private static final long NEW = 0x20_0000;
    private static final long DELTA = 0x30_0000;
    private static final int ROOM = 3 * 4096;
    private static final int SIZE = 2 * 4096;

    private DsaUnderTest dsa;
    private MachineUnderTest machine;
    private byte[] old;
    private byte[] changed;

    @BeforeEach
    @BeforeTry
    void prepare() {
        dsa = DsaUnderTest.ready();
        machine = dsa.machine();
        old = new byte[SIZE];
        new Random(1).nextBytes(old);
        changed = old.clone();
        machine.map(PASID, OLD, ROOM);
        machine.map(PASID, NEW, ROOM);
        machine.map(PASID, DELTA, ROOM);
    }

    private void change(Random random, int count) {
        for (int i = 0; i < count; i++) {
            changed[random.nextInt(SIZE)] ^= 1;
        }
        store();
    }

    private void store() {
        machine.store(PASID, OLD, old);
        machine.store(PASID, NEW, changed);
    }

    private static Descriptor.Builder create(long limit, boolean block) {
        return Descriptor.builder(Opcode.CREATE_DELTA)
                .flags(DsaUnderTest.flags(block))
                .source(OLD)
                .destination(NEW)
                .size(SIZE)
                .deltaRecord(DELTA, limit);
    }

    private static Descriptor.Builder apply(long size) {
        return Descriptor.builder(Opcode.APPLY_DELTA)
                .flags(DsaUnderTest.flags(true))
                .source(DELTA)
                .destination(OLD)
                .size(SIZE)
                .deltaSize(size);
    }

    @Property(tries = 30)
    void shouldTurnTheOldBytesIntoTheNewOnes(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 400) int count) {
        change(new Random(seed), count);

        CompletionRecord created = dsa.carryOut(create(10_240, true));
        CompletionRecord applied = dsa.carryOut(apply(created.specific()));

        assertEquals(1, created.result());
        assertEquals(SIZE, created.bytesCompleted());
        assertEquals(Status.SUCCESS, applied.status());
        assertEquals(created.specific(), applied.bytesCompleted());
        assertArrayEquals(changed, machine.load(PASID, OLD, SIZE));
    }

    @Test
    void shouldWriteEntriesOfTenBytes() {
        changed[16 + 3] ^= 1;
        changed[0x1008] ^= 1;
        store();

        CompletionRecord record = dsa.carryOut(create(80, true));

        byte[] expected = new byte[20];
        expected[0] = 2;
        System.arraycopy(changed, 16, expected, 2, 8);
        expected[10] = 0x01;
        expected[11] = 0x02;
        System.arraycopy(changed, 0x1008, expected, 12, 8);
        assertEquals(20, record.specific());
        assertArrayEquals(expected, machine.load(PASID, DELTA, 20));
    }

    @Test
    void shouldFindEqualRegionsEqual() {
        store();

        CompletionRecord record = dsa.carryOut(create(80, true));

        assertEquals(new CompletionRecord(Status.SUCCESS, false, 0, SIZE, 0, 0, 0), record);
    }

    @Test
    void shouldKeepTheEntriesThatFitAndSayThatSomeDidNot() {
        for (int i = 0; i < 20; i++) {
            changed[i * 64] ^= 1;
        }
        store();

        CompletionRecord record = dsa.carryOut(create(80, true));

        assertEquals(2, record.result());
        assertEquals(80, record.specific());
        assertEquals(8 * 64, record.bytesCompleted());
        assertArrayEquals(new byte[16], machine.load(PASID, DELTA + 80, 16));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "6, 2", "7, 1", "0, 2"})
    void shouldCheckTheResultAgainstAMask(int mask, int status) {
        store();

        CompletionRecord record =
                dsa.carryOut(
                        create(80, true)
                                .flags(DsaUnderTest.flags(true) | Flags.CHECK_RESULT)
                                .expectedResults(mask));

        assertEquals(status, record.status().code());
    }

    /** Parts of the record that are made behind a missing page count from their own start. */
    @Property(tries = 20)
    void shouldGoOnBehindMissingPages(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 7) int missing) {
        change(new Random(seed), 100);
        long[] pages = {OLD + 4096, NEW + 4096, DELTA};
        for (int i = 0; i < pages.length; i++) {
            if ((missing >>> i & 1) != 0) {
                machine.agent().unmap(PASID, pages[i], MachineUnderTest.RID);
            }
        }
        machine.run();
        byte[] rebuilt = old.clone();
        Descriptor.Builder next = create(10_240, false);
        while (next != null) {
            Descriptor handedIn = next.build();
            CompletionRecord record = dsa.carryOut(next);
            boolean more = record.status() == Status.PAGE_FAULT;
            if (more) {
                machine.map(PASID, record.faultAddress() & -4096L, 1);
                store();
            }
            patch(rebuilt, handedIn, (int) record.specific());
            next = more ? Continuation.rest(handedIn, record).toBuilder() : null;
        }

        assertArrayEquals(changed, rebuilt);
    }

    private void patch(byte[] bytes, Descriptor created, int recordSize) {
        int start = (int) (created.source() - OLD);
        for (int i = 0; i < recordSize; i += 10) {
            byte[] entry = machine.load(PASID, created.deltaAddress() + i, 10);
            int offset = ((entry[0] & 0xff) + ((entry[1] & 0xff) << 8)) * 8;
            System.arraycopy(entry, 2, bytes, start + offset, 8);
        }
    }

    @ParameterizedTest
    @CsvSource({"4, 4, 0x07, 10", "4, 3, 0x07, 10", "4, 1023, 0x01, 20", "4, 1024, 0x08, 10"})
    void shouldRefuseEntriesThatDoNotRiseOrLieOutside(
            int first, int second, String status, int done) {
        byte[] record = new byte[20];
        Arrays.fill(record, (byte) 0x55);
        record[0] = (byte) first;
        record[1] = 0;
        record[10] = (byte) second;
        record[11] = (byte) (second >>> 8);
        machine.store(PASID, DELTA, record);

        CompletionRecord applied = dsa.carryOut(apply(20));

        assertEquals(Integer.decode(status), applied.status().code());
        assertEquals(done, applied.bytesCompleted());
        assertEquals(0x55, machine.load(PASID, OLD + 32, 1)[0]);
    }

    @Test
    void shouldRefuseShapesThatItCannotHave() {
        assertEquals(Status.DELTA_SIZE, dsa.carryOut(create(70, true)).status());
        assertEquals(Status.DELTA_SIZE, dsa.carryOut(create(85, true)).status());
        assertEquals(Status.TRANSFER_SIZE, dsa.carryOut(create(80, true).size(12)).status());
        assertEquals(
                Status.ADDRESS_MISALIGNED, dsa.carryOut(create(80, true).source(OLD + 4)).status());
        assertEquals(Status.DELTA_SIZE, dsa.carryOut(apply(15)).status());
        assertEquals(
                Status.OVERLAP, dsa.carryOut(create(80, true).deltaRecord(OLD + 8, 80)).status());
    }
}
