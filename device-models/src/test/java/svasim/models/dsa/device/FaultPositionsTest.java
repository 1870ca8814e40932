package svasim.models.dsa.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.models.MachineUnderTest.PASID;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import svasim.models.MachineUnderTest;
import svasim.models.dsa.config.Configs;
import svasim.models.dsa.layout.CompletionRecord;
import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Flags;
import svasim.models.dsa.layout.Opcode;
import svasim.models.dsa.layout.Status;
import svasim.models.dsa.operation.Continuation;
import svasim.pcie.tlp.Tlp;

/**
 * Each operation that touches memory, with a page missing at the start, in the middle and at the
 * end of each of its operands, or below its record: what the record tells, what has been done by
 * then, and how it goes on.
 */
class FaultPositionsTest {
    private static final long[] REGIONS = {0x10_0000, 0x20_0000, 0x30_0000};
    private static final int PAGE = 4096;
    private static final int ROOM = 4 * PAGE;
    private static final int SIZE = 3 * PAGE;
    private static final long MISSING_RECORD = 0x5000_0000L;

    /** Blocks with and without their tuples, and how many lie in three pages. */
    private static final int WITH = 520;

    private static final int WITHOUT = 512;
    private static final int BLOCKS = 22;

    /** Bytes of an entry of a delta record, and of what it stands for. */
    private static final int ENTRY = 10;

    private static final int WORD = 8;
    private static final int ENTRIES = SIZE / WORD;

    /** Bytes that an engine works on at once. */
    private static final int PIECE = (int) Configs.secondGeneration().piece().bytes();

    private static final int UNCHECKED = 0x60;
    private static final long MASKED = 0xffffL << 32;
    private static final long TAGS = 0x1234_0000_0000_0007L;
    private static final long PATTERN = 0x5a5a_5a5a_5a5a_5a5aL;

    /**
     * A page that is missing.
     *
     * @param done what is told as completed then
     * @param write whether the device wanted to write there
     */
    private record Row(Opcode opcode, int region, int page, long done, boolean write) {
        long address() {
            return REGIONS[region] + (long) page * PAGE;
        }
    }

    /** Memory and a device, of which one page may be missing. */
    private static final class World {
        private final DsaUnderTest dsa = DsaUnderTest.ready(Configs.secondGeneration());
        private final byte[][] held = new byte[REGIONS.length][ROOM];

        World(Opcode opcode) {
            Random random = new Random(7);
            for (byte[] region : held) {
                random.nextBytes(region);
            }
            switch (opcode) {
                case COMPARE -> held[1] = held[0].clone();
                case COMPARE_PATTERN -> Arrays.fill(held[0], (byte) PATTERN);
                case APPLY_DELTA -> {
                    for (int i = 0; i < ENTRIES; i++) {
                        held[0][i * ENTRY] = (byte) i;
                        held[0][i * ENTRY + 1] = (byte) (i >>> Byte.SIZE);
                    }
                }
                default -> {}
            }
            for (int region = 0; region < REGIONS.length; region++) {
                dsa.machine().map(PASID, REGIONS[region], ROOM);
                dsa.machine().store(PASID, REGIONS[region], held[region]);
            }
        }

        World without(Row row) {
            dsa.machine().agent().unmap(PASID, row.address(), MachineUnderTest.RID);
            dsa.machine().run();
            return this;
        }

        /** Brings a page back as it was at first. */
        int present(Row row) {
            int offset = row.page() * PAGE;
            dsa.machine().map(PASID, row.address(), PAGE);
            dsa.machine()
                    .store(
                            PASID,
                            row.address(),
                            Arrays.copyOfRange(held[row.region()], offset, offset + PAGE));
            return Tlp.PageGroupResponse.SUCCESS;
        }

        /** Two bytes. */
        int load(int region, int offset) {
            byte[] bytes = dsa.machine().load(PASID, REGIONS[region] + offset, Short.BYTES);
            return bytes[0] & 0xff | (bytes[1] & 0xff) << Byte.SIZE;
        }

        byte[] load(int region) {
            return dsa.machine().load(PASID, REGIONS[region], ROOM);
        }
    }

    static Stream<Opcode> opcodes() {
        return Stream.of(Opcode.values()).filter(Opcode::transfers);
    }

    static Stream<Row> rows() {
        return opcodes().flatMap(opcode -> rows(opcode).stream());
    }

    private static List<Row> rows(Opcode opcode) {
        IntUnaryOperator bytes = page -> page * PAGE;
        IntUnaryOperator blocks = page -> page * PAGE / WITH;
        return switch (opcode) {
            case MEMORY_MOVE, COPY_WITH_CRC -> all(read(opcode, 0, bytes), write(opcode, 1, bytes));
            case FILL -> write(opcode, 1, bytes);
            case CACHE_FLUSH -> read(opcode, 1, bytes);
            case COMPARE -> all(read(opcode, 0, bytes), read(opcode, 1, bytes));
            case COMPARE_PATTERN, TRANSLATION_FETCH, CRC_GENERATION -> read(opcode, 0, bytes);
            case DUALCAST ->
                    all(read(opcode, 0, bytes), write(opcode, 1, bytes), write(opcode, 2, bytes));
            case CREATE_DELTA ->
                    all(
                            read(opcode, 0, bytes),
                            read(opcode, 1, bytes),
                            pages(opcode, 2, true, 3, page -> whole(page * PAGE / ENTRY * WORD)));
            case APPLY_DELTA ->
                    all(
                            pages(opcode, 0, false, 3, page -> applied(page * PAGE / ENTRY)),
                            write(opcode, 1, page -> page * PAGE / WORD * ENTRY));
            case DIF_CHECK -> read(opcode, 0, page -> blocks.applyAsInt(page) * WITH);
            case DIF_INSERT ->
                    all(
                            read(opcode, 0, bytes),
                            write(opcode, 1, page -> blocks.applyAsInt(page) * WITHOUT));
            case DIF_STRIP ->
                    all(
                            read(opcode, 0, page -> blocks.applyAsInt(page) * WITH),
                            write(opcode, 1, page -> page * PAGE / WITHOUT * WITH));
            case DIF_UPDATE ->
                    all(
                            read(opcode, 0, page -> blocks.applyAsInt(page) * WITH),
                            write(opcode, 1, page -> blocks.applyAsInt(page) * WITH));
            case DIX_GENERATE ->
                    all(read(opcode, 0, bytes), List.of(new Row(opcode, 1, 0, 0, true)));
            case NO_OP, DRAIN, BATCH -> List.of();
        };
    }

    /** Of a delta record only whole pieces count. */
    private static int whole(int source) {
        return source / PIECE * PIECE;
    }

    /** The same of one that is applied, in bytes of its entries. */
    private static int applied(int entries) {
        int together = PIECE / ENTRY;
        return entries / together * together * ENTRY;
    }

    private static List<Row> read(Opcode opcode, int region, IntUnaryOperator done) {
        return pages(opcode, region, false, 2, done);
    }

    private static List<Row> write(Opcode opcode, int region, IntUnaryOperator done) {
        return pages(opcode, region, true, 2, done);
    }

    private static List<Row> pages(
            Opcode opcode, int region, boolean write, int last, IntUnaryOperator done) {
        return Stream.of(0, 1, last)
                .map(page -> new Row(opcode, region, page, done.applyAsInt(page), write))
                .toList();
    }

    @SafeVarargs
    private static List<Row> all(List<Row>... operands) {
        List<Row> rows = new ArrayList<>();
        for (List<Row> operand : operands) {
            rows.addAll(operand);
        }
        return rows;
    }

    private static Descriptor.Builder descriptor(Opcode opcode, boolean blocks) {
        Descriptor.Builder d = Descriptor.builder(opcode).flags(DsaUnderTest.flags(blocks));
        d.size(SIZE).source(REGIONS[0]).destination(REGIONS[1]);
        return switch (opcode) {
            case FILL -> d.source(PATTERN + 1);
            case COMPARE_PATTERN -> d.destination(PATTERN);
            case CREATE_DELTA -> d.deltaRecord(REGIONS[2], ROOM / ENTRY * ENTRY);
            case APPLY_DELTA -> d.deltaSize((long) ENTRIES * ENTRY);
            case DUALCAST -> d.destination2(REGIONS[2]);
            case TRANSLATION_FETCH -> d.destination(0).stride(PAGE);
            case CRC_GENERATION -> d.destination(0);
            case DIF_CHECK ->
                    d.destination(0).size(BLOCKS * WITH).dif(UNCHECKED, 0, 0).sourceTags(MASKED);
            case DIF_INSERT, DIX_GENERATE ->
                    d.size(BLOCKS * WITHOUT).dif(0, 0x10, 0).destinationTags(TAGS);
            case DIF_STRIP -> d.size(BLOCKS * WITH).dif(UNCHECKED, 0, 0).sourceTags(MASKED);
            case DIF_UPDATE ->
                    d.size(BLOCKS * WITH)
                            .dif(UNCHECKED, 0x10, 0)
                            .sourceTags(MASKED)
                            .destinationTags(TAGS);
            default -> d;
        };
    }

    @Test
    void shouldCoverEveryOperationThatTouchesMemory() {
        Set<Opcode> covered = EnumSet.noneOf(Opcode.class);
        rows().forEach(row -> covered.add(row.opcode()));

        assertEquals(EnumSet.copyOf(opcodes().toList()), covered);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void shouldStopAtTheMissingPageAndGoOnBehindIt(Row row) {
        World world = new World(row.opcode()).without(row);
        Descriptor.Builder whole = descriptor(row.opcode(), false);
        Descriptor handedIn = whole.build();

        CompletionRecord stopped = world.dsa.carryOut(whole);

        assertStopped(row, Status.PAGE_FAULT, stopped);
        assertEquals(0, world.dsa.machine().agent().requestsReceived());

        world.present(row);
        assertEnd(world, row.opcode(), Continuation.rest(handedIn, stopped).toBuilder(), row);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void shouldWaitForTheMissingPage(Row row) {
        World world = new World(row.opcode()).without(row);
        List<Long> asked = new ArrayList<>();
        world.dsa
                .machine()
                .agent()
                .onPageRequest(
                        (pasid, page, write) -> {
                            asked.add(page);
                            return world.present(row);
                        });

        assertEnd(world, row.opcode(), descriptor(row.opcode(), true), null);
        assertEquals(List.of(row.address()), asked);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void shouldEndAtThePageThatItIsRefused(Row row) {
        World world = new World(row.opcode()).without(row);

        CompletionRecord stopped = world.dsa.carryOut(descriptor(row.opcode(), true));

        assertStopped(row, Status.INVALID_ADDRESS, stopped);
        assertTrue(world.dsa.machine().agent().requestsReceived() > 0);
    }

    @ParameterizedTest
    @MethodSource("opcodes")
    void shouldDoItsWorkAndReportAnErrorWithoutItsRecord(Opcode opcode) {
        for (boolean blocks : new boolean[] {false, true}) {
            World whole = new World(opcode);
            whole.dsa.carryOut(descriptor(opcode, blocks));
            World world = new World(opcode);

            world.dsa.submitRaw(
                    descriptor(opcode, blocks).completionAddress(MISSING_RECORD).build());
            world.dsa.machine().run();

            assertEquals(0x1a, world.dsa.softwareError() >>> 8 & 0xff);
            assertEquals(opcode.code(), world.dsa.softwareError() >>> 32 & 0xff);
            assertSameMemory(whole, world);
        }
    }

    @ParameterizedTest
    @MethodSource("opcodes")
    void shouldWriteItsRecordToThePageThatComes(Opcode opcode) {
        World whole = new World(opcode);
        CompletionRecord expected = whole.dsa.carryOut(descriptor(opcode, true));
        World world = new World(opcode);
        MachineUnderTest machine = world.dsa.machine();
        machine.agent()
                .onPageRequest(
                        (pasid, page, write) -> {
                            machine.map(pasid, page, 1);
                            return Tlp.PageGroupResponse.SUCCESS;
                        });

        world.dsa.submitRaw(descriptor(opcode, true).completionAddress(MISSING_RECORD).build());
        machine.run();

        assertEquals(expected, world.dsa.record(MISSING_RECORD));
        assertSameMemory(whole, world);
    }

    /** A list of three pages of descriptors that write one line each. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void shouldStopABatchAtTheMissingPageOfItsList(int page) {
        World world = new World(Opcode.BATCH);
        int count = SIZE / Descriptor.BYTES;
        byte[] list = new byte[SIZE];
        for (int i = 0; i < count; i++) {
            Descriptor member =
                    Descriptor.builder(Opcode.FILL)
                            .flags(Flags.BLOCK_ON_FAULT)
                            .source(i + 1)
                            .destination(REGIONS[1] + i * WORD)
                            .size(WORD)
                            .build();
            System.arraycopy(member.toBytes(), 0, list, i * Descriptor.BYTES, Descriptor.BYTES);
        }
        System.arraycopy(list, 0, world.held[0], 0, SIZE);
        world.dsa.machine().store(PASID, REGIONS[0], list);
        Row row = new Row(Opcode.BATCH, 0, page, (long) page * PAGE / Descriptor.BYTES, false);
        world.without(row);
        Descriptor.Builder batch =
                Descriptor.builder(Opcode.BATCH)
                        .flags(DsaUnderTest.flags(false))
                        .source(REGIONS[0])
                        .size(count);
        Descriptor handedIn = batch.build();

        CompletionRecord stopped = world.dsa.carryOut(batch);
        world.present(row);
        CompletionRecord end = world.dsa.carryOut(Continuation.rest(handedIn, stopped).toBuilder());

        assertEquals(0x06, stopped.status().code());
        assertEquals(row.done(), stopped.bytesCompleted());
        assertEquals(row.address(), stopped.faultAddress());
        assertEquals(Status.SUCCESS, end.status());
        assertEquals(count - row.done(), end.bytesCompleted());
        for (int i = 0; i < count; i++) {
            assertEquals((byte) (i + 1), world.load(1)[i * WORD], "member " + i);
        }
    }

    private static void assertStopped(Row row, Status status, CompletionRecord stopped) {
        assertEquals(status, stopped.status());
        assertEquals(row.done(), stopped.bytesCompleted());
        assertEquals(row.address(), stopped.faultAddress());
        assertEquals(row.write(), stopped.writeFault());
    }

    /**
     * The last descriptor ends as the operation does that finds all pages.
     *
     * @param row where it was stopped before, or null
     */
    private static void assertEnd(World world, Opcode opcode, Descriptor.Builder last, Row row) {
        World whole = new World(opcode);
        CompletionRecord expected = whole.dsa.carryOut(descriptor(opcode, false));

        CompletionRecord end = world.dsa.carryOut(last);

        long before = row == null ? 0 : row.done();
        assertEquals(Status.SUCCESS, expected.status());
        assertEquals(Status.SUCCESS, end.status());
        assertEquals(expected.result(), end.result());
        assertEquals(expected.bytesCompleted(), before + end.bytesCompleted());
        assertEquals(expected.written(), end.written());
        long record = opcode == Opcode.CREATE_DELTA ? before / WORD * ENTRY : 0;
        assertEquals(expected.specific(), record + end.specific());
        if (opcode == Opcode.CREATE_DELTA) {
            countFromTheStart(world, (int) before / WORD);
        }
        assertSameMemory(whole, world);
    }

    /** The offsets of a delta record that is continued count from where it goes on. */
    private static void countFromTheStart(World world, int before) {
        byte[] record = world.load(2);
        for (int i = before; i < ENTRIES; i++) {
            record[i * ENTRY] = (byte) i;
            record[i * ENTRY + 1] = (byte) (i >>> Byte.SIZE);
            int offset = world.load(2, i * ENTRY);
            assertEquals(i - before, offset, "entry " + i);
        }
        world.dsa.machine().store(PASID, REGIONS[2], record);
    }

    private static void assertSameMemory(World expected, World found) {
        for (int region = 0; region < REGIONS.length; region++) {
            assertArrayEquals(expected.load(region), found.load(region), "region " + region);
        }
    }
}
