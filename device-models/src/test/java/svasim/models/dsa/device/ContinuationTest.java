package svasim.models.dsa.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.models.MachineUnderTest.PASID;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import svasim.models.MachineUnderTest;
import svasim.models.dsa.config.Configs;
import svasim.models.dsa.layout.CompletionRecord;
import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Flags;
import svasim.models.dsa.layout.Opcode;
import svasim.models.dsa.layout.Status;
import svasim.models.dsa.operation.Continuation;

/**
 * An operation that stops at missing pages, and is continued after each, comes to the same end as
 * one that finds all pages: same memory, same result.
 */
class ContinuationTest {
    private static final long FIRST = 0x10_0000;
    private static final long SECOND = 0x20_0000;
    private static final long THIRD = 0x30_0000;
    private static final int PAGES = 3;
    private static final int ROOM = PAGES * 4096;
    private static final int LARGEST_OFFSET = 3000;
    private static final int LARGEST = 9000;

    /** In the place of a length: the first region holds a delta record. */
    private static final int ENTRIES = -1;

    /** In the place of a length: the first region begins with a pattern. */
    private static final int PATTERN = -2;

    /** Where the seed of a checksum lies in the second region. */
    private static final int SEED = 4096;

    /** In the place of a source: a fill with 16 bytes. */
    private static final int WIDE = 16;

    /** Neither guard nor reference tag is checked. */
    private static final int UNCHECKED = 0x60;

    /** Nobody looks at the application tag. */
    private static final long MASKED = 0xffffL << 32;

    /**
     * The three regions of a test and what they hold at first.
     *
     * @param equal length of the part in which the first two agree
     */
    private record World(DsaUnderTest dsa, byte[][] regions) {
        static World of(long seed, int equal) {
            byte[][] regions = new byte[3][ROOM];
            Random random = new Random(seed);
            for (byte[] region : regions) {
                random.nextBytes(region);
            }
            if (equal == ENTRIES) {
                fillWithEntries(regions[0]);
            } else if (equal == PATTERN) {
                Arrays.fill(regions[0], 0, 8000, (byte) 0x5a);
            } else {
                System.arraycopy(regions[0], 0, regions[1], 0, equal);
            }
            World world = new World(DsaUnderTest.ready(Configs.secondGeneration()), regions);
            for (int i = 0; i < regions.length; i++) {
                world.machine().map(PASID, start(i), ROOM);
                world.machine().store(PASID, start(i), regions[i]);
            }
            return world;
        }

        /** A delta record with an entry for every second word of the region. */
        private static void fillWithEntries(byte[] region) {
            for (int i = 0; i + 10 <= region.length; i += 10) {
                int word = i / 10 * 2;
                region[i] = (byte) word;
                region[i + 1] = (byte) (word >>> 8);
            }
        }

        static long start(int region) {
            return new long[] {FIRST, SECOND, THIRD}[region];
        }

        MachineUnderTest machine() {
            return dsa.machine();
        }

        /** Takes pages away; one bit for each page of the three regions. */
        void unmap(int missing) {
            for (int page = 0; page < 3 * PAGES; page++) {
                if ((missing >>> page & 1) != 0) {
                    long va = start(page / PAGES) + page % PAGES * 4096L;
                    machine().agent().unmap(PASID, va, MachineUnderTest.RID);
                }
            }
            machine().run();
        }

        /** Brings a page back as it was at first. */
        void present(long va) {
            if (machine().agent().physical(PASID, va) >= 0) {
                return;
            }
            long page = va & -4096L;
            int region = (int) ((page >> 20) - 1);
            int offset = (int) (page - start(region));
            machine().map(PASID, page, 1);
            machine()
                    .store(PASID, page, Arrays.copyOfRange(regions[region], offset, offset + 4096));
        }

        byte[] load(int region) {
            for (int page = 0; page < PAGES; page++) {
                present(start(region) + page * 4096L);
            }
            return machine().load(PASID, start(region), ROOM);
        }
    }

    /** Where a transfer lies in its regions. */
    private record Shape(int from, int to, int size) {}

    @Property(tries = 25)
    void shouldMove(
            @ForAll @IntRange(max = LARGEST_OFFSET) int from,
            @ForAll @IntRange(max = LARGEST_OFFSET) int to,
            @ForAll @IntRange(min = 1, max = LARGEST) int size,
            @ForAll @IntRange(max = 511) int missing) {
        assertSameEnd(Opcode.MEMORY_MOVE, new Shape(from, to, size), missing, 0);
    }

    @Property(tries = 25)
    void shouldFill(
            @ForAll @IntRange(max = LARGEST_OFFSET) int to,
            @ForAll @IntRange(min = 1, max = LARGEST) int size,
            @ForAll @IntRange(max = 511) int missing) {
        assertSameEnd(Opcode.FILL, new Shape(0, to, size), missing, 0);
    }

    @Property(tries = 25)
    void shouldCompare(
            @ForAll @IntRange(min = 1, max = LARGEST) int size,
            @ForAll @IntRange(max = LARGEST) int equal,
            @ForAll @IntRange(max = 511) int missing) {
        assertSameEnd(Opcode.COMPARE, new Shape(0, 0, size), missing, equal);
    }

    @Property(tries = 25)
    void shouldWriteBothDestinations(
            @ForAll @IntRange(max = LARGEST_OFFSET) int from,
            @ForAll @IntRange(max = LARGEST_OFFSET) int to,
            @ForAll @IntRange(min = 1, max = LARGEST) int size,
            @ForAll @IntRange(max = 511) int missing) {
        assertSameEnd(Opcode.DUALCAST, new Shape(from, to, size), missing, 0);
    }

    @Property(tries = 25)
    void shouldSumUp(
            @ForAll @IntRange(max = LARGEST_OFFSET) int from,
            @ForAll @IntRange(min = 1, max = LARGEST) int size,
            @ForAll @IntRange(max = 511) int missing) {
        assertSameEnd(Opcode.CRC_GENERATION, new Shape(from, 0, size), missing, 0);
    }

    @Property(tries = 25)
    void shouldCopyAndSumUp(
            @ForAll @IntRange(max = LARGEST_OFFSET) int from,
            @ForAll @IntRange(max = LARGEST_OFFSET) int to,
            @ForAll @IntRange(min = 1, max = LARGEST) int size,
            @ForAll @IntRange(max = 511) int missing) {
        assertSameEnd(Opcode.COPY_WITH_CRC, new Shape(from, to, size), missing, 0);
    }

    /** Blocks of 512 and 520 bytes, at any place. */
    @Property(tries = 25)
    void shouldInsertTuples(
            @ForAll @IntRange(max = 2000) int from,
            @ForAll @IntRange(max = 2000) int to,
            @ForAll @IntRange(min = 1, max = 15) int blocks,
            @ForAll @IntRange(max = 511) int missing) {
        assertSameEnd(Opcode.DIF_INSERT, new Shape(from, to, blocks * 512), missing, 0);
    }

    @Property(tries = 25)
    void shouldStripTuples(
            @ForAll @IntRange(max = 2000) int from,
            @ForAll @IntRange(max = 2000) int to,
            @ForAll @IntRange(min = 1, max = 15) int blocks,
            @ForAll @IntRange(max = 511) int missing) {
        assertSameEnd(Opcode.DIF_STRIP, new Shape(from, to, blocks * 520), missing, 0);
    }

    @Property(tries = 25)
    void shouldUpdateTuples(
            @ForAll @IntRange(max = 2000) int from,
            @ForAll @IntRange(max = 2000) int to,
            @ForAll @IntRange(min = 1, max = 15) int blocks,
            @ForAll @IntRange(max = 511) int missing) {
        assertSameEnd(Opcode.DIF_UPDATE, new Shape(from, to, blocks * 520), missing, 0);
    }

    @Property(tries = 25)
    void shouldApplyADeltaRecord(
            @ForAll @IntRange(min = 1, max = 600) int entries,
            @ForAll @IntRange(max = 511) int missing) {
        assertSameEnd(Opcode.APPLY_DELTA, new Shape(0, 0, entries * 10), missing, ENTRIES);
    }

    @Property(tries = 25)
    void shouldFlush(
            @ForAll @IntRange(max = LARGEST_OFFSET) int to,
            @ForAll @IntRange(min = 1, max = LARGEST) int size,
            @ForAll @IntRange(max = 511) int missing) {
        assertSameEnd(Opcode.CACHE_FLUSH, new Shape(0, to, size), missing, 0);
    }

    /** The first bytes agree with the pattern, as far as there is one in the region at all. */
    @Property(tries = 25)
    void shouldCompareWithAPattern(
            @ForAll @IntRange(max = LARGEST_OFFSET) int from,
            @ForAll @IntRange(min = 1, max = LARGEST) int size,
            @ForAll @IntRange(max = 511) int missing) {
        assertSameEnd(Opcode.COMPARE_PATTERN, new Shape(from, 0, size), missing, PATTERN);
    }

    @Property(tries = 25)
    void shouldCheckTuples(
            @ForAll @IntRange(max = 2000) int from,
            @ForAll @IntRange(min = 1, max = 15) int blocks,
            @ForAll @IntRange(max = 511) int missing) {
        assertSameEnd(Opcode.DIF_CHECK, new Shape(from, 0, blocks * 520), missing, 0);
    }

    @Property(tries = 25)
    void shouldGenerateTuples(
            @ForAll @IntRange(max = 2000) int from,
            @ForAll @IntRange(max = 4095) int to,
            @ForAll @IntRange(min = 1, max = 15) int blocks,
            @ForAll @IntRange(max = 511) int missing) {
        assertSameEnd(Opcode.DIX_GENERATE, new Shape(from, to, blocks * 512), missing, 0);
    }

    @Property(tries = 25)
    void shouldFetchTranslations(
            @ForAll @IntRange(max = LARGEST_OFFSET) int from,
            @ForAll @IntRange(min = 1, max = LARGEST) int size,
            @ForAll @IntRange(max = 511) int missing) {
        assertSameEnd(Opcode.TRANSLATION_FETCH, new Shape(from, 0, size), missing, 0);
    }

    @Property(tries = 25)
    void shouldSumUpFromASeedInMemory(
            @ForAll @IntRange(max = LARGEST_OFFSET) int from,
            @ForAll @IntRange(min = 1, max = LARGEST) int size,
            @ForAll @IntRange(max = 511) int missing) {
        assertSameEnd(Opcode.CRC_GENERATION, new Shape(from, SEED, size), missing, 0);
    }

    @Property(tries = 25)
    void shouldFillWithSixteenBytes(
            @ForAll @IntRange(max = LARGEST_OFFSET) int to,
            @ForAll @IntRange(min = 1, max = LARGEST) int size,
            @ForAll @IntRange(max = 511) int missing) {
        assertSameEnd(Opcode.FILL, new Shape(WIDE, to, size), missing, 0);
    }

    @ParameterizedTest
    @EnumSource(names = {"NO_OP", "DRAIN"})
    void shouldHaveNoRestOfWhatTransfersNothing(Opcode opcode) {
        Descriptor descriptor = Descriptor.builder(opcode).build();
        CompletionRecord stopped = CompletionRecord.of(Status.PAGE_FAULT);

        assertThrows(IllegalArgumentException.class, () -> Continuation.rest(descriptor, stopped));
    }

    private static void assertSameEnd(Opcode opcode, Shape shape, int missing, int equal) {
        World whole = World.of(missing, equal);
        World torn = World.of(missing, equal);
        torn.unmap(missing);

        CompletionRecord expected = whole.dsa().carryOut(descriptor(opcode, shape));
        CompletionRecord last = withContinuations(torn, descriptor(opcode, shape), shape.size());

        assertEquals(expected.status(), last.status());
        assertEquals(expected.result(), last.result());
        assertEquals(expected.bytesCompleted(), last.bytesCompleted());
        assertEquals(expected.specific(), last.specific());
        assertEquals(expected.written(), last.written());
        for (int region = 0; region < 3; region++) {
            assertArrayEquals(whole.load(region), torn.load(region), "region " + region);
        }
    }

    /** The final record, with all bytes that were completed before it as well. */
    private static CompletionRecord withContinuations(
            World world, Descriptor.Builder first, long size) {
        Descriptor.Builder next = first;
        long before = 0;
        for (int stops = 0; stops <= 2 * 3 * PAGES; stops++) {
            Descriptor handedIn = next.build();
            CompletionRecord record = world.dsa().carryOut(next);
            if (record.status() != Status.PAGE_FAULT) {
                return new CompletionRecord(
                        record.status(),
                        record.writeFault(),
                        record.result(),
                        before + record.bytesCompleted(),
                        record.faultAddress(),
                        record.specific(),
                        record.written());
            }
            before += record.bytesCompleted();
            assertTrue(before < size, "stopped behind its end");
            world.present(record.faultAddress());
            next = Continuation.rest(handedIn, record).toBuilder();
        }
        throw new AssertionError("it stops for ever");
    }

    private static Descriptor.Builder descriptor(Opcode opcode, Shape shape) {
        Descriptor.Builder d =
                Descriptor.builder(opcode).flags(DsaUnderTest.flags(false)).size(shape.size());
        long from = FIRST + shape.from();
        long to = SECOND + shape.to();
        return switch (opcode) {
            case MEMORY_MOVE, COPY_WITH_CRC, COMPARE -> d.source(from).destination(to);
            case FILL -> fill(d, shape).destination(to);
            case COMPARE_PATTERN -> d.source(from).destination(0x5a5a_5a5a_5a5a_5a5aL);
            case TRANSLATION_FETCH -> d.source(from).stride(1024);
            case DUALCAST -> d.source(from).destination(to).destination2(THIRD + shape.to());
            case CRC_GENERATION -> shape.to() == SEED ? seeded(d.source(from), to) : d.source(from);
            case CACHE_FLUSH -> d.destination(to);
            case APPLY_DELTA -> d.source(from).destination(to).size(ROOM).deltaSize(shape.size());
            case DIF_CHECK -> d.source(from).dif(UNCHECKED, 0, 0).sourceTags(MASKED);
            case DIF_INSERT, DIX_GENERATE ->
                    d.source(from)
                            .destination(to)
                            .dif(0, 0x10, 0)
                            .destinationTags(0x1234_0000_0000_0007L);
            case DIF_STRIP ->
                    d.source(from).destination(to).dif(UNCHECKED, 0, 0).sourceTags(MASKED);
            case DIF_UPDATE ->
                    d.source(from)
                            .destination(to)
                            .dif(UNCHECKED, 0x10, 0)
                            .sourceTags(MASKED)
                            .destinationTags(0x1234_0000_0000_0007L);
            default -> throw new IllegalArgumentException(opcode.name());
        };
    }

    private static Descriptor.Builder fill(Descriptor.Builder d, Shape shape) {
        d.source(0x0807_0605_0403_0201L);
        return shape.from() == WIDE
                ? d.flags(DsaUnderTest.flags(false) | Flags.FILL_16_BYTES)
                        .patternHigh(0x100f_0e0d_0c0b_0a09L)
                : d;
    }

    private static Descriptor.Builder seeded(Descriptor.Builder d, long address) {
        return d.flags(DsaUnderTest.flags(false) | Flags.CRC_READ_SEED).crcSeedAddress(address);
    }
}
