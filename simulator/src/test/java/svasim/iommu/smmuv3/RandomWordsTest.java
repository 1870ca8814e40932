package svasim.iommu.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.iommu.smmuv3.SmmuUnderTest.ASID;
import static svasim.iommu.smmuv3.SmmuUnderTest.CONTEXTS;
import static svasim.iommu.smmuv3.SmmuUnderTest.NO_PASID;
import static svasim.iommu.smmuv3.SmmuUnderTest.PA;
import static svasim.iommu.smmuv3.SmmuUnderTest.PASID;
import static svasim.iommu.smmuv3.SmmuUnderTest.STREAM;
import static svasim.iommu.smmuv3.SmmuUnderTest.VA;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import svasim.iommu.core.Explanation;
import svasim.iommu.core.UnitBench;
import svasim.paging.Access;
import svasim.paging.Stage;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.Tlp;

/**
 * Whatever words software leaves in tables and queues, the unit answers as the architecture says
 * and never stops. {@code -Dsvasim.cases=1000000} runs as many cases as wanted.
 */
class RandomWordsTest {
    private static final int CASES = Integer.getInteger("svasim.cases", 3_000);

    private final SplittableRandom random = new SplittableRandom(17);
    private final SmmuUnderTest unit = new SmmuUnderTest();
    private final Stage first = SmmuUnderTest.stage1(unit.newTable());
    private final Stage second = SmmuUnderTest.stage2(unit.newTable());

    /** Legal structures of every kind, of which some bits are then flipped. */
    private void tables() {
        TableWords[] entries = {
            TableWords.stage1(CONTEXTS, 6),
            TableWords.stage2(second.root()),
            TableWords.nested(CONTEXTS, 6, second.root()),
            TableWords.bypass()
        };
        unit.stream(STREAM, flipped(entries[random.nextInt(entries.length)]));
        TableWords context = flipped(TableWords.context(first.root(), ASID).highHalf(first.root()));
        unit.context(CONTEXTS, PASID, context);
        unit.context(CONTEXTS, 0, context);
    }

    private TableWords flipped(TableWords legal) {
        TableWords words = legal;
        for (int flips = random.nextInt(4); flips > 0; flips--) {
            words = words.bit(random.nextInt(4), random.nextInt(64), random.nextBoolean());
        }
        return words;
    }

    private void pages() {
        unit.map(first, VA, PA & 0x7F_FFFF_F000L, Access.READ | Access.WRITE);
        for (long table = first.root(); table < first.root() + 0x10_0000; table += 0x1000) {
            unit.map(second, table, table, Access.READ | Access.WRITE);
        }
        unit.map(second, CONTEXTS, CONTEXTS, Access.READ | Access.WRITE);
        unit.map(second, PA & 0x7F_FFFF_F000L, PA, Access.READ);
    }

    private void flipDescriptor() {
        long table = first.root() + 0x1000L * random.nextInt(32);
        long address = table + 8L * random.nextInt(512);
        if (unit.memory.readLong(address) != 0) {
            long flip = 1L << random.nextInt(64);
            unit.memory.writeLong(address, unit.memory.readLong(address) ^ flip);
        }
    }

    private long address() {
        long flip = random.nextInt(3) == 0 ? 1L << random.nextInt(64) : 0;
        return (random.nextBoolean() ? VA : first.root()) ^ flip;
    }

    private void forgetEverything() {
        unit.command(Opcode.CFGI_STE_RANGE.code(), 31);
        unit.command(Opcode.TLBI_NSNH_ALL.code(), 0);
        unit.command(Opcode.TLBI_EL2_ALL.code(), 0);
        unit.command(Opcode.STALL_TERM.code() | (long) STREAM << 32, 0);
        unit.write(RegisterOffset.EVENTQ_CONS, unit.register(RegisterOffset.EVENTQ_PROD));
    }

    @Test
    void shouldAnswerOverTimeWhatTheTablesSayAtOnce() {
        pages();
        unit.enabled();
        for (int i = 0; i < CASES; i++) {
            tables();
            flipDescriptor();
            forgetEverything();
            int pasid = random.nextBoolean() ? PASID : random.nextInt(3) - 1;
            int access = random.nextBoolean() ? Access.READ : Access.WRITE;
            compare(pasid, address() & -8, access, i);
        }
    }

    private void compare(int pasid, long address, int access, int number) {
        Explanation expected = unit.smmu.explain(STREAM, pasid, address, access);
        UnitBench.Outcome found = unit.access(STREAM, pasid, address, access);
        if (found.pending()) {
            assertTrue(unit.smmu.waitingFor().contains("stalled"), "case " + number);
        } else {
            assertEquals(expected.translated(), found.translated(), "case " + number);
            assertEquals(expected.faultCode(), found.code(), "case " + number);
        }
        if (found.translated()) {
            assertEquals(expected.address(), found.address(), "case " + number);
        }
    }

    @Test
    void shouldAnswerAtsAndPageRequestsOnAnyTables() {
        pages();
        unit.enabled();
        for (int i = 0; i < CASES; i++) {
            tables();
            forgetEverything();
            int pasid = random.nextBoolean() ? PASID : NO_PASID;
            unit.sent.clear();
            unit.translationRequest(pasid, address() & -4096, Access.READ | Access.WRITE);
            unit.translated(STREAM, address() & -8, Access.READ);
            unit.smmu.receive(
                    new Tlp.PageRequest(
                            STREAM, 0, i & 0x1FF, true, true, true, UnitBench.prefix(pasid, 0)),
                    unit.kernel.nowPs());
            unit.bench.settle();
        }
        assertEquals("", unit.smmu.waitingFor());
    }

    @Test
    void shouldCarryOutOrRefuseAnyCommand() {
        pages();
        unit.enabled();
        for (int i = 0; i < CASES; i++) {
            long opcode = random.nextInt(2) == 0 ? random.nextInt(0x50) : random.nextInt(0x100);
            unit.command(random.nextLong() & ~0xFFL | opcode, random.nextLong());
            if (unit.commandError() != 0) {
                repairHead();
            }
        }
        assertEquals(unit.commandsWritten(), unit.register(RegisterOffset.CMDQ_CONS));
    }

    /** Software replaces the refused command and acknowledges the error. */
    private void repairHead() {
        int head = (int) unit.register(RegisterOffset.CMDQ_CONS) & 7;
        unit.memory.writeLong(SmmuUnderTest.COMMANDS + 16L * head, Opcode.SYNC.code());
        unit.memory.writeLong(SmmuUnderTest.COMMANDS + 16L * head + 8, 0);
        unit.write(RegisterOffset.GERRORN, unit.register(RegisterOffset.GERROR));
    }

    @Test
    void shouldSurviveAnyRegisterWrite() {
        pages();
        for (int i = 0; i < CASES; i++) {
            long page = random.nextInt(4) == 0 ? RegisterOffset.PAGE_1 : 0;
            unit.write(page + random.nextInt(0x100), random.nextInt());
            unit.smmu.receive(
                    new Tlp.TranslationRequest(STREAM, 0, VA, 1, false, null, Attributes.DEFAULT),
                    unit.kernel.nowPs());
            unit.access(STREAM, PASID, VA, Access.READ);
        }
    }
}
