package svasim.iommu.smmuv2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.BANK;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.PA;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.SECOND_BANK;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.STREAM;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.TERMINATE;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.VA;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import svasim.iommu.core.Explanation;
import svasim.iommu.core.UnitBench;
import svasim.paging.Access;
import svasim.paging.Stage;
import svasim.pcie.tlp.PasidPrefix;

/**
 * Whatever software leaves in registers and tables, the unit answers as the architecture says and
 * never stops. {@code -Dsvasim.cases=1000000} runs as many cases as wanted.
 */
class RandomRegistersTest {
    private static final int CASES = Integer.getInteger("svasim.cases", 3_000);
    private static final int[] CONFIGURATION = {
        BankRegister.SCTLR,
        BankRegister.TCR2,
        BankRegister.TTBR0,
        BankRegister.TTBR0 + 4,
        BankRegister.TTBR1,
        BankRegister.TTBR1 + 4,
        BankRegister.TCR
    };

    private final SplittableRandom random = new SplittableRandom(23);
    private final SmmuV2UnderTest unit = new SmmuV2UnderTest();
    private final Stage first = unit.mapped(TERMINATE);
    private final Stage second = SmmuV2UnderTest.stage2(unit.newTable());

    /** Legal registers of every kind, of which some bits are then flipped. */
    private void program() {
        unit.write(SmmuV2UnderTest.SCR0, SmmuV2UnderTest.CONTROL);
        unit.stream(0, STREAM, BANK);
        unit.type(BANK, ContextAttributes.STAGE_1);
        unit.stage1Bank(BANK, first.root(), 1, TERMINATE);
        unit.stage2Bank(SECOND_BANK, second.root(), TERMINATE);
        if (random.nextBoolean()) {
            unit.write(unit.attribute(0, BANK), 3 << 16 | SECOND_BANK << 8);
        }
        for (int flips = random.nextInt(4); flips > 0; flips--) {
            flip(register());
        }
        unit.write(SmmuV2UnderTest.TLBIALLNSNH, 0);
    }

    private long register() {
        int bank = random.nextBoolean() ? BANK : SECOND_BANK;
        return switch (random.nextInt(6)) {
            case 0 -> StreamMapping.S2CR;
            case 1 -> StreamMapping.SMR;
            case 2 -> unit.attribute(random.nextBoolean() ? 0 : 0x800, bank);
            default -> unit.offset(bank, CONFIGURATION[random.nextInt(CONFIGURATION.length)]);
        };
    }

    private void flip(long register) {
        unit.write(register, unit.register(register) ^ 1 << random.nextInt(32));
    }

    private void pages() {
        for (long table = first.root(); table < first.root() + 0x1_0000; table += 0x1000) {
            unit.map(second, table, table, Access.READ);
        }
        unit.map(second, PA, PA, Access.READ);
    }

    private void flipDescriptor() {
        long address = first.root() + 0x1000L * random.nextInt(16) + 8L * random.nextInt(512);
        long word = unit.memory.readLong(address);
        if (word != 0) {
            unit.memory.writeLong(address, word ^ 1L << random.nextInt(64));
        }
    }

    private long address() {
        long flip = random.nextInt(3) == 0 ? 1L << random.nextInt(64) : 0;
        return (random.nextBoolean() ? VA : first.root()) ^ flip;
    }

    private void resumeAll() {
        for (int bank = 0; bank < 32; bank++) {
            unit.writeBank(bank, BankRegister.SCTLR, TERMINATE);
            unit.writeBank(bank, BankRegister.FSR, -1);
            unit.writeBank(bank, BankRegister.RESUME, 1);
        }
    }

    @Test
    void shouldAnswerOverTimeWhatTheTablesSayAtOnce() {
        pages();
        for (int i = 0; i < CASES; i++) {
            program();
            flipDescriptor();
            int access = random.nextBoolean() ? Access.READ : Access.WRITE;
            compare(address() & -8, access, i);
            unit.writeBank(BANK, BankRegister.RESUME, 1);
            unit.writeBank(SECOND_BANK, BankRegister.RESUME, 1);
        }
    }

    private void compare(long address, int access, int number) {
        Explanation expected = unit.smmu.explain(STREAM, PasidPrefix.NONE, address, access);
        UnitBench.Outcome found = unit.access(STREAM, address, access);
        if (found.pending()) {
            assertTrue(unit.smmu.waitingFor().contains("stalled"), "case " + number);
            return;
        }
        assertEquals(expected.translated(), found.translated(), "case " + number);
        assertEquals(expected.faultCode(), found.code(), "case " + number);
        if (found.translated()) {
            assertEquals(expected.address(), found.address(), "case " + number);
        }
    }

    @Test
    void shouldSurviveAnyRegisterWrite() {
        pages();
        for (int i = 0; i < CASES; i++) {
            long page = random.nextInt(3) == 0 ? random.nextInt(2) : 32 + random.nextInt(8);
            int bytes = random.nextBoolean() ? 4 : 8;
            unit.smmu.writeRegister(
                    page << 12 | random.nextInt(0x1000) & -bytes, bytes, random.nextLong());
            unit.smmu.readRegister(random.nextInt(0x4_0000) & -bytes, bytes);
            unit.access(STREAM, address(), Access.READ);
            unit.smmu.explain(STREAM, PasidPrefix.NONE, address(), Access.WRITE);
            unit.smmu.rootOf(STREAM, PasidPrefix.NONE);
        }
        resumeAll();
        resumeAll();
        assertEquals("", unit.smmu.waitingFor());
    }
}
