package svasim.models.dsa.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import svasim.models.dsa.layout.CompletionRecord;
import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Flags;
import svasim.models.dsa.layout.Opcode;
import svasim.models.dsa.layout.Register;
import svasim.models.dsa.layout.Status;

/** Which of the 24 flags each operation accepts, bit by bit, and what becomes of the others. */
class FlagsTest {
    private static final int BITS = 24;

    /**
     * From the lists of the data mover library, except bit 4 (interrupt on completion), which the
     * device does not offer.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NO_OP           | 0 2 3 4 5 12",
                "DRAIN           | 2 3 4 5 9 10 12 16 17 18 19",
                "MEMORY_MOVE     | 0 1 2 3 4 5 8 9 10 12 13 14 15",
                "FILL            | 0 1 2 3 4 5 8 10 12 13 14 15",
                "COMPARE         | 0 1 2 3 4 5 7 9 10 12",
                "COMPARE_PATTERN | 0 1 2 3 4 5 7 9 12",
                "DUALCAST        | 0 1 2 3 4 5 8 9 10 11 12 13 14 15 16",
                "CRC_GENERATION  | 0 1 2 3 4 5 9 11 12 16 17 18",
                "COPY_WITH_CRC   | 0 1 2 3 4 5 8 9 10 11 12 13 14 15 16 17 18",
                "BATCH           | 2 3 4 5 9 12",
                "CREATE_DELTA    | 0 1 2 3 4 5 7 8 9 10 11 12 13 14 15",
                "APPLY_DELTA     | 0 1 2 3 4 5 8 9 10 12 13 14 15",
                "DIF_CHECK       | 0 1 2 3 4 5 9 12",
                "DIF_INSERT      | 0 1 2 3 4 5 8 9 10 12 13 14 15",
                "DIF_STRIP       | 0 1 2 3 4 5 8 9 10 12 13 14 15",
                "DIF_UPDATE      | 0 1 2 3 4 5 8 9 10 12 13 14 15",
                "CACHE_FLUSH     | 0 1 2 3 4 5 8 10 12 13 14 15"
            })
    void shouldAcceptTheFlagsOfTheOperationAndNoOther(Opcode opcode, String bits) {
        Set<Integer> expected =
                Set.of(bits.trim().split(" ")).stream()
                        .map(Integer::valueOf)
                        .collect(Collectors.toCollection(TreeSet::new));

        Set<Integer> accepted =
                IntStream.range(0, BITS)
                        .filter(bit -> opcode.invalidFlags(1 << bit, 1) == 0)
                        .boxed()
                        .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(expected, accepted);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"TRANSLATION_FETCH", "DIX_GENERATE"})
    void shouldNameExactlyTheInvalidFlagsInTheRecord(Opcode opcode) {
        DsaUnderTest dsa = DsaUnderTest.ready();
        int all = (1 << BITS) - 1;

        CompletionRecord record = dsa.carryOut(Descriptor.builder(opcode).flags(all));

        assertEquals(
                CompletionRecord.invalidFlags(
                        opcode.invalidFlags(all, 1) | Flags.REQUEST_INTERRUPT),
                record);
    }

    @Test
    void shouldWriteNoRecordOfASuccessThatNobodyAskedFor() {
        DsaUnderTest dsa = DsaUnderTest.ready();

        CompletionRecord record =
                dsa.carryOut(
                        Descriptor.builder(Opcode.NO_OP).flags(Flags.COMPLETION_ADDRESS_VALID));

        assertEquals(Status.NONE, record.status());
        assertEquals(0, dsa.softwareError() & 1);
    }

    @Test
    void shouldWriteTheRecordOfAFailureThatNobodyAskedFor() {
        DsaUnderTest dsa = DsaUnderTest.ready();

        CompletionRecord record =
                dsa.carryOut(
                        Descriptor.builder(Opcode.MEMORY_MOVE)
                                .flags(Flags.COMPLETION_ADDRESS_VALID));

        assertEquals(Status.TRANSFER_SIZE, record.status());
    }

    @Test
    void shouldReportARecordWithoutAddressInTheErrorRegister() {
        DsaUnderTest dsa = DsaUnderTest.ready();

        dsa.submitRaw(
                Descriptor.builder(Opcode.NO_OP).flags(Flags.REQUEST_COMPLETION_RECORD).build());
        dsa.machine().run();

        assertEquals(Status.INVALID_FLAGS.code(), dsa.softwareError() >>> 8 & 0xff);
        long flags = dsa.machine().read(0, Register.SWERR + 8, Long.BYTES) >>> Integer.SIZE;
        assertEquals(Flags.REQUEST_COMPLETION_RECORD, flags);
    }

    @Test
    void shouldAcceptEveryFlagOfAMoveAtOnceAndStillMove() {
        DsaUnderTest dsa = DsaUnderTest.ready();
        dsa.machine().map(svasim.models.MachineUnderTest.PASID, 0x10_0000, 8192);
        int accepted =
                ~Flags.REQUEST_INTERRUPT
                        & ~Opcode.MEMORY_MOVE.invalidFlags(-1, 1)
                        & (1 << BITS) - 1;

        CompletionRecord record =
                dsa.carryOut(DsaUnderTest.move(0x10_0000, 0x10_1000, 64, true).flags(accepted));

        assertEquals(Status.SUCCESS, record.status());
        assertTrue(record.bytesCompleted() == 64);
    }
}
