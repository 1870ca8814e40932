package svasim.models.dsa.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.models.MachineUnderTest.PASID;

import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import svasim.models.MachineUnderTest;
import svasim.models.dsa.config.Configs;
import svasim.models.dsa.config.QueueConfig;
import svasim.models.dsa.layout.Command;
import svasim.models.dsa.layout.CompletionRecord;
import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Flags;
import svasim.models.dsa.layout.Opcode;
import svasim.models.dsa.layout.Register;
import svasim.models.dsa.layout.Status;
import svasim.pcie.endpoint.DmaStatus;
import svasim.units.ByteSize;

/** Each status code, provoked. */
class StatusTest {
    private static final long SOURCE = 0x10_0000;
    private static final long DESTINATION = 0x20_0000;
    private static final long MISSING = 0x40_0000;
    private static final int SIZE = 4096;

    private DsaUnderTest dsa;
    private MachineUnderTest machine;

    @BeforeEach
    void prepare() {
        dsa = DsaUnderTest.ready();
        machine = dsa.machine();
        machine.map(PASID, SOURCE, SIZE);
        machine.map(PASID, DESTINATION, SIZE);
    }

    private static Descriptor.Builder compare(long other) {
        return Descriptor.builder(Opcode.COMPARE)
                .flags(DsaUnderTest.flags(false))
                .source(SOURCE)
                .destination(other)
                .size(SIZE);
    }

    @Test
    void should01TellSuccess() {
        assertEquals(0x01, dsa.carryOut(compare(DESTINATION)).status().code());
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 1", "0, 1, 2", "1, 0, 2", "1, 1, 1"})
    void should02TellAResultThatIsNotTheExpectedOne(int found, int expected, int status) {
        machine.store(PASID, DESTINATION + 100, new byte[] {(byte) found});

        CompletionRecord record =
                dsa.carryOut(
                        compare(DESTINATION)
                                .flags(DsaUnderTest.flags(false) | Flags.CHECK_RESULT)
                                .expectedResult(expected));

        assertEquals(status, record.status().code());
        assertEquals(found, record.result());
        assertEquals(found == 0 ? SIZE : 100, record.bytesCompleted());
    }

    @Test
    void should03TellWhetherTheMissingPageWasToBeReadOrWritten() {
        CompletionRecord read = dsa.carryOut(DsaUnderTest.move(MISSING, DESTINATION, 64, false));
        CompletionRecord write = dsa.carryOut(DsaUnderTest.move(SOURCE, MISSING + 8, 64, false));

        assertEquals(0x03, read.status().code());
        assertEquals(0x03, write.status().code());
        assertEquals(false, read.writeFault());
        assertEquals(true, write.writeFault());
        assertEquals(MISSING, read.faultAddress());
        assertEquals(MISSING, write.faultAddress() & -4096L);
    }

    @Test
    void should03StopAtAPageThatMayOnlyBeRead() {
        machine.agent()
                .map(PASID, DESTINATION, machine.agent().physical(PASID, DESTINATION), false);

        CompletionRecord record = dsa.carryOut(DsaUnderTest.move(SOURCE, DESTINATION, 64, false));

        assertEquals(Status.PAGE_FAULT, record.status());
        assertTrue(record.writeFault());
        assertEquals(Status.SUCCESS, dsa.carryOut(compare(DESTINATION)).status());
    }

    @ParameterizedTest
    @CsvSource({"1", "15"})
    void should04TellThatThePageRequestWasRefused(int response) {
        machine.agent().onPageRequest((pasid, page, write) -> response);

        CompletionRecord record = dsa.carryOut(DsaUnderTest.move(SOURCE, MISSING, 64, true));

        assertEquals(0x04, record.status().code());
        assertEquals(0, record.bytesCompleted());
        assertEquals(MISSING, record.faultAddress() & -4096L);
    }

    @ParameterizedTest
    @CsvSource({"0a", "0b", "16", "17", "21", "7f", "ff"})
    void should10RefuseAnOperationThatItDoesNotOffer(String opcode) {
        Descriptor.Builder descriptor =
                Descriptor.builder(Opcode.NO_OP)
                        .flags(DsaUnderTest.flags(false))
                        .put(7, 1, Integer.parseInt(opcode, 16));

        assertEquals(0x10, dsa.carryOut(descriptor).status().code());
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "NO_OP",
                "DRAIN",
                "MEMORY_MOVE",
                "FILL",
                "COMPARE",
                "COMPARE_PATTERN",
                "DUALCAST",
                "BATCH",
                "APPLY_DELTA",
                "CACHE_FLUSH"
            })
    void should12RefuseEachByteThatTheOperationReserves(Opcode opcode) {
        int used =
                switch (opcode) {
                    case COMPARE, COMPARE_PATTERN -> 1;
                    case APPLY_DELTA -> 4;
                    case DUALCAST -> 8;
                    default -> 0;
                };
        for (int offset : new int[] {38, 39, 40 + used, 55, 63}) {
            Descriptor.Builder descriptor =
                    Descriptor.builder(opcode).flags(DsaUnderTest.flags(false)).put(offset, 1, 1);

            assertEquals(0x12, dsa.carryOut(descriptor).status().code(), "byte " + offset);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0x13", "4096, 0x01", "4097, 0x13", "4294967295, 0x13"})
    void should13RefuseMoreThanTheQueueAllows(long size, String status) {
        DsaUnderTest small =
                DsaUnderTest.ready(
                        Configs.queues(
                                new QueueConfig(
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        ByteSize.ofKiB(4),
                                        null)));
        small.machine().map(PASID, SOURCE, 2 * SIZE);
        small.machine().map(PASID, DESTINATION, 2 * SIZE);

        CompletionRecord record =
                small.carryOut(DsaUnderTest.move(SOURCE, DESTINATION, size, true));

        assertEquals(Integer.decode(status), record.status().code());
    }

    @ParameterizedTest
    @CsvSource({"0, 0x16", "63, 0x16", "64, 0x01", "-63, 0x16", "-64, 0x01"})
    void should16RefuseOverlapToTheByte(int distance, String status) {
        long source = SOURCE + 1024;

        CompletionRecord record =
                dsa.carryOut(
                        Descriptor.builder(Opcode.COPY_WITH_CRC)
                                .flags(DsaUnderTest.flags(false))
                                .source(source)
                                .destination(source + distance)
                                .size(64));

        assertEquals(Integer.decode(status), record.status().code());
    }

    @ParameterizedTest
    @CsvSource({"1, 0x17", "0x800, 0x17", "0x1000, 0x01"})
    void should17RefuseDestinationsThatDifferWithinThePage(String distance, String status) {
        machine.map(PASID, DESTINATION, 2 * SIZE);

        CompletionRecord record =
                dsa.carryOut(
                        Descriptor.builder(Opcode.DUALCAST)
                                .flags(DsaUnderTest.flags(false))
                                .source(SOURCE)
                                .destination(DESTINATION)
                                .destination2(DESTINATION + Integer.decode(distance))
                                .size(1));

        assertEquals(Integer.decode(status), record.status().code());
    }

    @ParameterizedTest
    @CsvSource({"1", "16", "31"})
    void should1bReportAMisalignedRecordInTheErrorRegister(int offset) {
        dsa.submitRaw(
                Descriptor.builder(Opcode.NO_OP)
                        .flags(DsaUnderTest.flags(false))
                        .completionAddress(DsaUnderTest.RECORDS + offset)
                        .build());
        machine.run();

        assertEquals(0x1b, dsa.softwareError() >>> 8 & 0xff);
        assertEquals(0, machine.load(PASID, DsaUnderTest.RECORDS + offset, 1)[0]);
    }

    @ParameterizedTest
    @CsvSource({"16, 16", "17, 24"})
    void should1fTellThatALineToBeReadBackIsMissing(int flag, int offset) {
        CompletionRecord record =
                dsa.carryOut(
                        Descriptor.builder(Opcode.DRAIN)
                                .flags(DsaUnderTest.flags(false) | 1 << flag)
                                .put(offset, 8, MISSING));

        assertEquals(0x1f, record.status().code());
        assertEquals(MISSING, record.faultAddress() & -4096L);
    }

    @Test
    void should20ReportADescriptorThatNoQueueTook() {
        dsa.command(Command.DISABLE_WQ, Register.queueBit(0));

        dsa.submit(Descriptor.builder(Opcode.NO_OP));
        machine.run();

        assertEquals(0x20, dsa.softwareError() >>> 8 & 0xff);
    }

    /** Which failure of an access becomes which status. */
    @ParameterizedTest
    @CsvSource({
        "NO_TRANSLATION, 03",
        "INVALID_REQUEST, 04",
        "RESPONSE_FAILURE, 04",
        "UNSUPPORTED_REQUEST, 22",
        "COMPLETER_ABORT, 22",
        "TIMEOUT, 21"
    })
    void shouldTellTheFailureOfAnAccess(DmaStatus failure, String code) {
        assertEquals(Integer.parseInt(code, 16), Outcome.statusOf(failure).code());
    }

    @Test
    void shouldHaveAStatusForEveryFailureOfAnAccess() {
        Set<DmaStatus> failures = EnumSet.allOf(DmaStatus.class);
        failures.removeAll(EnumSet.of(DmaStatus.OK, DmaStatus.DISCARDED));
        failures.forEach(failure -> assertTrue(Outcome.statusOf(failure).code() > 1));

        assertThrows(IllegalArgumentException.class, () -> Outcome.statusOf(DmaStatus.OK));
    }

    @Test
    void shouldHaveADifferentCodeForEachStatusAndFindItAgain() {
        Set<Integer> codes = new TreeSet<>();
        for (Status status : Status.values()) {
            assertTrue(codes.add(status.code()), status.name());
            assertEquals(status, Status.of(status.code() | Status.WRITE_FAULT));
        }
        assertThrows(IllegalArgumentException.class, () -> Status.of(0x7e));
    }
}
