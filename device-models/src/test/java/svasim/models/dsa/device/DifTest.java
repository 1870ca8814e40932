package svasim.models.dsa.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static svasim.models.MachineUnderTest.PASID;

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
import svasim.models.dsa.config.Configs;
import svasim.models.dsa.layout.CompletionRecord;
import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Opcode;
import svasim.models.dsa.layout.Status;

/** Data integrity fields: what insert writes, check and strip find good; a flipped bit is found. */
class DifTest {
    private static final long PLAIN = 0x10_0000;
    private static final long PROTECTED = 0x20_0000;
    private static final long OTHER = 0x30_0000;
    private static final int BLOCKS = 3;
    private static final int[] SIZES = {512, 520, 4096, 4104};
    private static final int ROOM = 4 * 4112;

    /** Reference tag 7, application tag beef, nothing masked. */
    private static final long TAGS = 0xbeef_0000_0000_0007L;

    private DsaUnderTest dsa;
    private MachineUnderTest machine;
    private byte[] plain;

    @BeforeEach
    @BeforeTry
    void prepare() {
        dsa = DsaUnderTest.ready(Configs.secondGeneration());
        machine = dsa.machine();
        for (long region : new long[] {PLAIN, PROTECTED, OTHER}) {
            machine.map(PASID, region, ROOM);
        }
        plain = new byte[BLOCKS * 4104];
        new Random(3).nextBytes(plain);
        machine.store(PASID, PLAIN, plain);
    }

    private static Descriptor.Builder dif(Opcode opcode, long from, long to, long size) {
        return Descriptor.builder(opcode)
                .flags(DsaUnderTest.flags(true))
                .source(from)
                .destination(to)
                .size(size);
    }

    private CompletionRecord insert(int blocks) {
        return dsa.carryOut(
                dif(Opcode.DIF_INSERT, PLAIN, PROTECTED, (long) BLOCKS * SIZES[blocks & 3])
                        .dif(0, 0, blocks)
                        .destinationTags(TAGS));
    }

    private CompletionRecord check(int flags, int blocks, long tags) {
        long size = (long) BLOCKS * (SIZES[blocks & 3] + 8);
        return dsa.carryOut(
                dif(Opcode.DIF_CHECK, PROTECTED, 0, size).dif(flags, 0, blocks).sourceTags(tags));
    }

    /** All sizes of blocks, seeds and inversions of the guard. */
    @Property(tries = 16)
    void shouldCheckAndStripWhatItInserted(@ForAll @IntRange(max = 15) int blocks) {
        int size = SIZES[blocks & 3];

        CompletionRecord inserted = insert(blocks);
        CompletionRecord checked = check(0, blocks, TAGS);
        CompletionRecord stripped =
                dsa.carryOut(
                        dif(Opcode.DIF_STRIP, PROTECTED, OTHER, (long) BLOCKS * (size + 8))
                                .dif(0, 0, blocks)
                                .sourceTags(TAGS));

        assertEquals(Status.SUCCESS, inserted.status());
        assertEquals(BLOCKS * size, inserted.bytesCompleted());
        assertEquals(TAGS + BLOCKS, inserted.written());
        assertEquals(Status.SUCCESS, checked.status());
        assertEquals(TAGS + BLOCKS, checked.specific());
        assertEquals(Status.SUCCESS, stripped.status());
        assertArrayEquals(
                machine.load(PASID, PLAIN, BLOCKS * size),
                machine.load(PASID, OTHER, BLOCKS * size));
    }

    @Test
    void shouldWriteBigEndianTuples() {
        byte[] counting = new byte[512];
        for (int i = 0; i < counting.length; i++) {
            counting[i] = (byte) i;
        }
        machine.store(PASID, PLAIN, counting);

        insert(0);

        byte[] tuple = {0x4f, 0x10, (byte) 0xbe, (byte) 0xef, 0, 0, 0, 7};
        assertArrayEquals(tuple, machine.load(PASID, PROTECTED + 512, 8));
        assertEquals(8, machine.load(PASID, PROTECTED + 520 + 512 + 7, 1)[0]);
    }

    /** Byte of the second tuple or block that is changed, and what is found wrong. */
    @ParameterizedTest
    @CsvSource({
        "5, 0, 1",
        "512, 0, 1",
        "514, 0, 2",
        "519, 0, 4",
        "5, 0x20, 0",
        "519, 0x40, 0",
    })
    void shouldFindTheBlockThatIsWrong(int at, String flags, int wrong) {
        insert(0);
        long address = PROTECTED + 520 + at;
        byte was = machine.load(PASID, address, 1)[0];
        machine.store(PASID, address, new byte[] {(byte) (was ^ 1)});

        CompletionRecord record = check(Integer.decode(flags), 0, TAGS);

        assertEquals(wrong, record.result());
        assertEquals(wrong == 0 ? Status.SUCCESS : Status.DIF_ERROR, record.status());
        assertEquals(wrong == 0 ? 3 * 520 : 520, record.bytesCompleted());
    }

    @Test
    void shouldNotLookAtMaskedBitsOfTheApplicationTag() {
        insert(0);

        assertEquals(0x02, check(0, 0, TAGS ^ 1L << 48).result());
        assertEquals(0, check(0, 0, TAGS ^ 1L << 48 | 1L << 32).result());
    }

    /** Tuples of ones, in the second block: not written yet, or an error. */
    @ParameterizedTest
    @CsvSource({"0, 7", "0x02, 0", "0x04, 0", "0x08, 0", "0x01, 8"})
    void shouldTreatTuplesOfOnesAsTheFlagsSay(String flags, int wrong) {
        insert(0);
        byte[] ones = {-1, -1, -1, -1, -1, -1, -1, -1};
        machine.store(PASID, PROTECTED + 520 + 512, ones);

        assertEquals(wrong, check(Integer.decode(flags), 0, TAGS).result());
    }

    @ParameterizedTest
    @CsvSource({"0x10, 0xbef2", "0, 0xbeef"})
    void shouldIncrementTheApplicationTagIfItIsTold(String flags, String expected) {
        CompletionRecord record =
                dsa.carryOut(
                        dif(Opcode.DIF_INSERT, PLAIN, PROTECTED, 3 * 512)
                                .dif(0, Integer.decode(flags), 0)
                                .destinationTags(TAGS));

        assertEquals(Integer.decode(expected).longValue(), record.written() >>> 48);
    }

    @Test
    void shouldUpdateTagsAndKeepThoseThatPassThrough() {
        insert(0);
        long other = 0x1111_0000_0000_0100L;

        dsa.carryOut(
                dif(Opcode.DIF_UPDATE, PROTECTED, OTHER, 3 * 520)
                        .dif(0, 0x08 | 0x80, 0)
                        .sourceTags(TAGS)
                        .destinationTags(other));

        byte[] tuple = machine.load(PASID, OTHER + 520 + 512, 8);
        byte[] before = machine.load(PASID, PROTECTED + 520 + 512, 8);
        assertEquals(before[0], tuple[0], "guard of the same bytes");
        assertArrayEquals(
                new byte[] {(byte) 0xbe, (byte) 0xef, 0, 0, 1, 0},
                java.util.Arrays.copyOfRange(tuple, 2, 8));
    }

    /** What insert puts behind the blocks, generate puts behind each other. */
    @Property(tries = 16)
    void shouldGenerateTheTuplesThatItWouldInsert(@ForAll @IntRange(max = 15) int blocks) {
        int size = SIZES[blocks & 3];
        insert(blocks);

        CompletionRecord made =
                dsa.carryOut(
                        dif(Opcode.DIX_GENERATE, PLAIN, OTHER, (long) BLOCKS * size)
                                .dif(0, 0, blocks)
                                .destinationTags(TAGS));

        assertEquals(Status.SUCCESS, made.status());
        assertEquals(TAGS + BLOCKS, made.written());
        for (int i = 0; i < BLOCKS; i++) {
            assertArrayEquals(
                    machine.load(PASID, PROTECTED + (long) i * (size + 8) + size, 8),
                    machine.load(PASID, OTHER + i * 8L, 8));
        }
        assertArrayEquals(new byte[64], machine.load(PASID, OTHER + BLOCKS * 8L, 64));
    }

    @Test
    void shouldNotKnowDixGenerateInTheFirstGeneration() {
        DsaUnderTest first = DsaUnderTest.ready();

        CompletionRecord record =
                first.carryOut(dif(Opcode.DIX_GENERATE, PLAIN, OTHER, 512).destinationTags(TAGS));

        assertEquals(Status.UNSUPPORTED_OPCODE, record.status());
    }

    @Test
    void shouldRefuseSizesThatAreNotWholeBlocks() {
        assertEquals(
                Status.TRANSFER_SIZE,
                dsa.carryOut(dif(Opcode.DIF_INSERT, PLAIN, PROTECTED, 513)).status());
        assertEquals(
                Status.TRANSFER_SIZE,
                dsa.carryOut(dif(Opcode.DIF_STRIP, PROTECTED, OTHER, 512)).status());
        assertEquals(
                Status.OVERLAP,
                dsa.carryOut(dif(Opcode.DIF_INSERT, PLAIN, PLAIN + 511, 512)).status());
    }
}
