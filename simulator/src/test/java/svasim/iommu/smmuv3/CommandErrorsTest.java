package svasim.iommu.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What stops the command queue, and how it goes on. */
class CommandErrorsTest {
    private static final long SYNC = Opcode.SYNC.code();

    /** A command that is illegal on a unit with these features. */
    record Illegal(String text, Map<String, Long> features, long w0, long w1) {
        @Override
        public String toString() {
            return text;
        }
    }

    private static Illegal without(String feature, Opcode opcode) {
        return new Illegal(opcode + " without " + feature, Map.of(feature, 0L), opcode.code(), 0);
    }

    static List<Illegal> features() {
        return List.of(
                without("IDR0.S1P", Opcode.CFGI_CD),
                without("IDR0.S1P", Opcode.CFGI_CD_ALL),
                without("IDR0.S1P", Opcode.TLBI_NH_ALL),
                without("IDR0.S1P", Opcode.TLBI_NH_ASID),
                without("IDR0.S1P", Opcode.TLBI_NH_VA),
                without("IDR0.S1P", Opcode.TLBI_NH_VAA),
                without("IDR0.Hyp", Opcode.TLBI_EL2_ALL),
                without("IDR0.Hyp", Opcode.TLBI_EL2_ASID),
                without("IDR0.Hyp", Opcode.TLBI_EL2_VA),
                without("IDR0.Hyp", Opcode.TLBI_EL2_VAA),
                without("IDR0.S2P", Opcode.TLBI_S12_VMALL),
                without("IDR0.S2P", Opcode.TLBI_S2_IPA),
                without("IDR0.ATS", Opcode.ATC_INV),
                without("IDR0.PRI", Opcode.PRI_RESP));
    }

    static List<Illegal> parameters() {
        Map<String, Long> noStalls = Map.of("IDR0.STALL_MODEL", 1L);
        return List.of(
                new Illegal("RESUME without stalls", noStalls, Opcode.RESUME.code(), 0),
                new Illegal("STALL_TERM without stalls", noStalls, Opcode.STALL_TERM.code(), 0),
                new Illegal("SSec", Map.of(), SYNC | 1 << 10, 0),
                new Illegal("SYNC with CS=3", Map.of(), SYNC | 3 << 12, 0),
                new Illegal("PRI_RESP with Resp=3", Map.of(), 0x41, 3 << 12),
                new Illegal("ATC_INV of 2^53 pages", Map.of(), 0x40, 53),
                new Illegal("range of nothing", Map.of(), 0x12, 1 << 10),
                new Illegal("IPA range of nothing", Map.of(), 0x2A, 2 << 10));
    }

    static List<Illegal> opcodes() {
        int[] reserved = {
            0x00, 0x07, 0x08, 0x0A, 0x14, 0x17, 0x18, 0x1A, 0x1B, 0x24, 0x29, 0x2B, 0x31, 0x42,
            0x43, 0x47, 0x50, 0x53, 0x58, 0x5A, 0x60, 0x70, 0x73, 0x80, 0xFF
        };
        return IntStream.of(reserved)
                .mapToObj(code -> new Illegal(Integer.toHexString(code), Map.of(), code, 0))
                .toList();
    }

    @ParameterizedTest
    @MethodSource({"features", "parameters", "opcodes"})
    void shouldStopAtIllegalCommand(Illegal illegal) {
        SmmuUnderTest unit = new SmmuUnderTest(illegal.features()).enabled();
        unit.sync();

        unit.command(illegal.w0(), illegal.w1());
        unit.sync();

        assertEquals(List.of(SYNC), unit.bench.executed);
        assertEquals(1, unit.register(RegisterOffset.CMDQ_CONS) & 0xFFFFF);
        assertEquals(CommandError.ILLEGAL.code(), unit.commandError());
        assertEquals(Gerror.CMDQ_ERR, unit.register(RegisterOffset.GERROR));
    }

    @Test
    void shouldFetchTheCommandAgainAfterAcknowledgement() {
        SmmuUnderTest unit = new SmmuUnderTest().enabled();
        unit.command(0, 0);
        unit.memory.writeLong(SmmuUnderTest.COMMANDS, SYNC);

        unit.write(RegisterOffset.GERRORN, Gerror.CMDQ_ERR);

        assertEquals(List.of(SYNC), unit.bench.executed);
        assertEquals(1, unit.register(RegisterOffset.CMDQ_CONS));
    }

    @Test
    void shouldToggleTheErrorBackAtTheSecondError() {
        SmmuUnderTest unit = new SmmuUnderTest().enabled();
        unit.command(0, 0);

        unit.write(RegisterOffset.GERRORN, Gerror.CMDQ_ERR);

        assertEquals(0, unit.register(RegisterOffset.GERROR));
        assertEquals(Gerror.CMDQ_ERR, unit.register(RegisterOffset.GERRORN));
        assertEquals(CommandError.ILLEGAL.code(), unit.commandError());
    }

    @Test
    void shouldStayStoppedWhenTheQueueIsSwitchedOffAndOn() {
        SmmuUnderTest unit = new SmmuUnderTest().enabled();
        unit.command(0, 0);
        unit.memory.writeLong(SmmuUnderTest.COMMANDS, SYNC);

        unit.write(RegisterOffset.CR0, 0x17);
        unit.write(RegisterOffset.CR0, 0x1F);

        assertTrue(unit.bench.executed.isEmpty());
    }

    @Test
    void shouldReportQueueThatCannotBeRead() {
        SmmuUnderTest unit = new SmmuUnderTest();
        unit.write64(RegisterOffset.CMDQ_BASE, SmmuUnderTest.MEMORY_END | 3);
        unit.write(RegisterOffset.CR0, Cr0.CMDQEN);

        unit.write(RegisterOffset.CMDQ_PROD, 1);

        assertEquals(CommandError.ABORT.code(), unit.commandError());
        assertEquals(Gerror.CMDQ_ERR, unit.register(RegisterOffset.GERROR));
    }

    @Test
    void shouldFetchNothingWhileTheQueueIsOff() {
        SmmuUnderTest unit = new SmmuUnderTest().enabled();
        unit.write(RegisterOffset.CR0, 0x17);

        unit.sync();
        assertTrue(unit.bench.executed.isEmpty());

        unit.write(RegisterOffset.CR0, 0x1F);
        assertEquals(List.of(SYNC), unit.bench.executed);
    }

    @Test
    void shouldUseEveryEntryAndWrap() {
        SmmuUnderTest unit = new SmmuUnderTest().enabled();
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 1 << SmmuUnderTest.QUEUE_LOG2; i++) {
                unit.place(SYNC, 0);
            }
            unit.write(RegisterOffset.CMDQ_PROD, unit.commandsWritten());

            assertEquals(unit.commandsWritten(), unit.register(RegisterOffset.CMDQ_CONS));
        }
        assertEquals(24, unit.bench.executed.size());
    }
}
