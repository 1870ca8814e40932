package svasim.iommu.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.iommu.smmuv3.SmmuUnderTest.MEMORY_END;
import static svasim.iommu.smmuv3.SmmuUnderTest.PASID;
import static svasim.iommu.smmuv3.SmmuUnderTest.STREAM;
import static svasim.iommu.smmuv3.SmmuUnderTest.VA;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import svasim.iommu.core.UnitBench;
import svasim.paging.Access;

/** The event queue, global errors, interrupts, and what a synchronisation says and waits for. */
class QueuesAndInterruptsTest {
    private static final long OVERFLOW = 1L << 31;
    private static final long DOORBELL = 0xFEE0_1000L;
    private static final long SYNC_BY_INTERRUPT = Opcode.SYNC.code() | 1 << 12;

    private final SmmuUnderTest unit = SmmuUnderTest.mapped();

    private void fault() {
        unit.read(VA + 0x1000);
    }

    private long produced() {
        return unit.register(RegisterOffset.EVENTQ_PROD);
    }

    private List<Integer> interrupts() {
        return unit.bench.messages.stream().map(UnitBench.Message::data).toList();
    }

    private void message(Interrupt interrupt, long address, int data) {
        unit.write64(interrupt.config(), address);
        unit.write(interrupt.config() + 8, data);
    }

    @Test
    void shouldUseEveryEntryBeforeAnOverflow() {
        for (int i = 0; i < 8; i++) {
            fault();
        }
        assertEquals(8, produced());

        fault();
        assertEquals(OVERFLOW | 8, produced());
        fault();
        assertEquals(OVERFLOW | 8, produced());
    }

    @Test
    void shouldGoOnWritingWhileAnOverflowIsPending() {
        for (int i = 0; i < 9; i++) {
            fault();
        }
        unit.write(RegisterOffset.EVENTQ_CONS, 1);

        fault();

        assertEquals(OVERFLOW | 9, produced());
    }

    @Test
    void shouldToggleAgainAfterAcknowledgement() {
        for (int i = 0; i < 9; i++) {
            fault();
        }
        unit.write(RegisterOffset.EVENTQ_CONS, OVERFLOW);

        fault();

        assertEquals(8, produced());
    }

    @Test
    void shouldWrapIntoTheFirstEntry() {
        for (int i = 0; i < 8; i++) {
            fault();
        }
        unit.write(RegisterOffset.EVENTQ_CONS, 8);
        unit.read(VA + 0x5000);

        assertEquals(9, produced());
        assertEquals(VA + 0x5000, unit.eventWord(0, 2));
    }

    @Test
    void shouldWriteNoMoreEventsAfterAnAbortUntilAcknowledged() {
        unit.write(RegisterOffset.CR0, 0x1B);
        unit.write64(RegisterOffset.EVENTQ_BASE, MEMORY_END | 3);
        unit.write(RegisterOffset.CR0, 0x1F);
        fault();
        assertEquals(Gerror.EVENTQ_ABT_ERR, unit.register(RegisterOffset.GERROR));
        assertEquals(0, produced());

        fault();
        assertEquals(Gerror.EVENTQ_ABT_ERR, unit.register(RegisterOffset.GERROR));
        unit.write(RegisterOffset.GERRORN, Gerror.EVENTQ_ABT_ERR);
        fault();
        assertEquals(0, unit.register(RegisterOffset.GERROR), "toggled again");
    }

    @Test
    void shouldInterruptForTheFirstEventOnly() {
        message(Interrupt.EVENTQ, DOORBELL, 0x20);
        unit.write(RegisterOffset.IRQ_CTRL, Interrupt.EVENTQ.enable());

        fault();
        fault();

        assertEquals(List.of(0x20), interrupts());
        unit.write(RegisterOffset.EVENTQ_CONS, 2);
        fault();
        assertEquals(List.of(0x20, 0x20), interrupts());
    }

    @Test
    void shouldNotInterruptWhatIsNotEnabled() {
        message(Interrupt.EVENTQ, DOORBELL, 0x20);

        fault();

        assertTrue(interrupts().isEmpty());
    }

    @Test
    void shouldKeepMessageOfAnEnabledInterrupt() {
        unit.write(RegisterOffset.IRQ_CTRL, Interrupt.EVENTQ.enable());

        message(Interrupt.EVENTQ, DOORBELL, 0x20);

        assertEquals(0, unit.register(RegisterOffset.EVENTQ_IRQ_CFG0));
    }

    @Test
    void shouldUseTheWireWithoutAnAddress() {
        unit.write(RegisterOffset.IRQ_CTRL, Interrupt.EVENTQ.enable());

        fault();

        assertEquals(
                List.of(new UnitBench.Message(0, Interrupt.EVENTQ.ordinal())), unit.bench.messages);
    }

    @Test
    void shouldInterruptForEachNewGlobalError() {
        message(Interrupt.GERROR, DOORBELL, 0x21);
        unit.write(RegisterOffset.IRQ_CTRL, Interrupt.GERROR.enable());

        unit.command(0, 0);
        assertEquals(List.of(0x21), interrupts());
        unit.write(RegisterOffset.GERRORN, Gerror.CMDQ_ERR);

        assertEquals(List.of(0x21, 0x21), interrupts());
    }

    @Test
    void shouldReportMessagesThatNothingAnswers() {
        message(Interrupt.EVENTQ, MEMORY_END, 0x20);
        unit.write(RegisterOffset.IRQ_CTRL, Interrupt.EVENTQ.enable());
        fault();
        unit.command(SYNC_BY_INTERRUPT, MEMORY_END);

        assertEquals(
                Gerror.MSI_EVENTQ_ABT_ERR | Gerror.MSI_CMDQ_ABT_ERR,
                unit.register(RegisterOffset.GERROR));
    }

    @Test
    void shouldWriteMessageOfSyncIntoMemory() {
        unit.memory.writeLong(0x500_0000L, -1L);

        unit.command(SYNC_BY_INTERRUPT | 0xCAFEL << 32, 0x500_0000L);

        assertEquals(0xFFFF_FFFF_0000_CAFEL, unit.memory.readLong(0x500_0000L));
    }

    @Test
    void shouldRaiseTheWireOfSyncWithAndWithoutMessage() {
        unit.command(SYNC_BY_INTERRUPT, 0);
        unit.command(SYNC_BY_INTERRUPT | 0xCAFEL << 32, 0x500_0000L);

        UnitBench.Message wire = new UnitBench.Message(0, Interrupt.CMD_SYNC.ordinal());
        assertEquals(2, Collections.frequency(unit.bench.messages, wire));
        assertEquals(3, unit.bench.messages.size());
    }

    @Test
    void shouldCarryOutACommandAfterFetchAndCommandTime() {
        long timePs = UnitBench.DRAM_PS + unit.config.command().value();
        unit.place(Opcode.SYNC.code(), 0);
        unit.smmu.writeRegister(RegisterOffset.CMDQ_PROD, Integer.BYTES, 1);

        unit.kernel.run(unit.kernel.nowPs() + timePs - 1, Long.MAX_VALUE);
        assertTrue(unit.bench.executed.isEmpty());
        unit.kernel.run(unit.kernel.nowPs() + 1, Long.MAX_VALUE);
        assertEquals(1, unit.bench.executed.size());
    }

    @Test
    void shouldHoldSyncUntilRequestsWithOldTranslationsAreAnswered() {
        int token = unit.bench.start(STREAM, PASID, VA, Access.READ);
        unit.kernel.run(unit.kernel.nowPs() + 100_000, Long.MAX_VALUE);
        unit.place(Opcode.TLBI_NSNH_ALL.code(), 0);
        unit.place(Opcode.SYNC.code(), 0);
        unit.smmu.writeRegister(RegisterOffset.CMDQ_PROD, Integer.BYTES, unit.commandsWritten());

        while (unit.bench.executed.size() < 2) {
            unit.kernel.run(unit.kernel.nowPs() + 1_000, Long.MAX_VALUE);
        }

        assertTrue(unit.bench.outcome(token).translated());
    }
}
