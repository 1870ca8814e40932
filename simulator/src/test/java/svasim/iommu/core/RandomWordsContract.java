package svasim.iommu.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.paging.Access;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;

/**
 * Whatever words software leaves in tables, queues and registers, every unit gives the architected
 * answer and never stops. {@code -Dsvasim.cases=1000000} runs as many cases of each kind as wanted.
 */
public abstract class RandomWordsContract {
    private static final int CASES = Integer.getInteger("svasim.cases", 2_000);

    /** Cases between two repairs by software. */
    private static final int ROUND = 8;

    /** Register writes that a unit lives through. */
    private static final int LIFE = 64;

    private final SplittableRandom random = new SplittableRandom(7);
    private HostileUnit unit;
    private UnitBench bench;
    private TableImage everything;
    private TableImage pageTables;

    /** A unit that is switched on, with the {@link RandomPages} mapped. */
    protected abstract HostileUnit create();

    @BeforeEach
    void prepare() {
        unit = create();
        bench = unit.bench();
        pageTables = new TableImage(bench.memory, unit.pageTables());
        List<Long> all = new ArrayList<>(unit.configuration());
        all.addAll(unit.pageTables());
        everything = new TableImage(bench.memory, all);
    }

    @Test
    void shouldTranslateRandomPageTablesLikeASlowReading() {
        int translated = 0;
        for (int i = 0; i < CASES; i++) {
            repairEachRound(i);
            pageTables.spoil(random);
            unit.changeMappings(random);
            unit.forget();
            boolean write = random.nextBoolean();
            long address = address();
            long before = unit.slow().translate(address, write);
            UnitBench.Outcome found = access(unit.pasid(), address, write);
            long after = unit.slow().translate(address, write);
            translated += found.translated() ? 1 : 0;

            assertFalse(found.pending(), "case " + i);
            long output = found.translated() ? found.address() : SlowTranslator.REFUSED;
            if (output != before) {
                assertEquals(hex(after), hex(output), "case " + i + ": " + hex(address));
            }
        }
        assertTrue(translated > CASES / 64 && translated < CASES, translated + " translated");
    }

    @Test
    void shouldAnswerOverTimeWhatTheTablesSayAtOnce() {
        for (int i = 0; i < CASES; i++) {
            spoilCase(i);
            boolean write = random.nextBoolean();
            int pasid = pasid();
            long address = address();
            Explanation before = explain(pasid, address, write);
            UnitBench.Outcome found = access(pasid, address, write);
            if (found.pending()) {
                assertTrue(unit.iommu().waitingFor().contains("stalled"), "case " + i);
            } else if (!agrees(before, found)) {
                assertTrue(agrees(explain(pasid, address, write), found), "case " + i);
            }
        }
        repair();
        assertEquals("", unit.iommu().waitingFor());
    }

    /** The walk may have changed what it reads, where spoiled tables contain each other. */
    private static boolean agrees(Explanation expected, UnitBench.Outcome found) {
        return expected.translated() == found.translated()
                && expected.faultCode() == found.code()
                && (!found.translated() || expected.address() == found.address());
    }

    @Test
    void shouldAnswerEveryMessageOfADeviceOnAnyTables() {
        for (int i = 0; i < CASES; i++) {
            spoilCase(i);
            long page = address() & -4096;
            int pasid = pasid();
            bench.sent.clear();
            request(pasid, page, random.nextBoolean());
            bench.settle();
            assertEquals(1, completions(), "case " + i);
            bench.requestPage(unit.requesterId(), pasid, page, i & 0x1FF);
            assertTrue(bench.sent.size() <= 2, "case " + i);
            bench.translated(unit.requesterId(), pasid, page, Access.READ);
        }
        repair();
        assertEquals("", unit.iommu().waitingFor());
    }

    private void request(int pasid, long page, boolean noWrite) {
        PasidPrefix prefix = UnitBench.prefix(pasid, 0);
        int device = unit.requesterId();
        unit.iommu()
                .receive(
                        new Tlp.TranslationRequest(
                                device, 0, page, 1, noWrite, prefix, Attributes.DEFAULT),
                        bench.kernel.nowPs());
    }

    private long completions() {
        return bench.sent.stream().filter(Tlp.Completion.class::isInstance).count();
    }

    @Test
    void shouldCarryOutOrRefuseEveryCommand() {
        int carriedOut = 0;
        for (int i = 0; i < CASES; i++) {
            repairEachRound(i);
            carriedOut += unit.command(random) ? 1 : 0;
        }
        repair();
        assertEquals("", unit.iommu().waitingFor());
        assertTrue(carriedOut > 0, "none was carried out");
        assertEquals(unit.refusesCommands(), carriedOut < CASES, "some were refused");
    }

    @Test
    void shouldSurviveAnyRegisterWrite() {
        for (int i = 0; i < CASES; i++) {
            if (i % LIFE == 0) {
                prepare();
            }
            int bytes = 4 << random.nextInt(2);
            unit.iommu().writeRegister(register(bytes), bytes, random.nextLong());
            unit.iommu().readRegister(register(bytes), bytes);
            UnitBench.Outcome found = access(unit.pasid(), RandomPages.IOVA, false);
            boolean told = !unit.iommu().waitingFor().isEmpty();
            assertTrue(told || !found.pending(), "case " + i);
            explain(unit.pasid(), RandomPages.IOVA, true);
            unit.iommu().rootOf(unit.requesterId(), unit.pasid());
        }
    }

    private long register(int bytes) {
        return unit.register(random) & -bytes;
    }

    private void spoilCase(int number) {
        repairEachRound(number);
        everything.spoil(random);
        unit.spoilRegisters(random);
        unit.forget();
    }

    private void repairEachRound(int number) {
        if (number % ROUND == 0) {
            repair();
        }
    }

    /** Software mends its tables, and the unit is as good as before. */
    private void repair() {
        everything.restore();
        unit.program();
        unit.forget();
        bench.forgetHistory();
        UnitBench.Outcome found = access(unit.pasid(), RandomPages.IOVA, true);
        assertTrue(found.translated(), found.toString());
        assertEquals(RandomPages.OUTPUT, found.address());
    }

    private long address() {
        long address = RandomPages.address(random);
        return random.nextInt(6) == 0 ? address ^ 8L << random.nextInt(61) : address;
    }

    private int pasid() {
        return switch (random.nextInt(4)) {
            case 0 -> PasidPrefix.NONE;
            case 1 -> unit.pasid() + 1;
            default -> unit.pasid();
        };
    }

    private UnitBench.Outcome access(int pasid, long address, boolean write) {
        return bench.access(unit.requesterId(), pasid, address, kind(write));
    }

    private Explanation explain(int pasid, long address, boolean write) {
        return unit.iommu().explain(unit.requesterId(), pasid, address, kind(write));
    }

    private static int kind(boolean write) {
        return write ? Access.WRITE : Access.READ;
    }

    private static String hex(long value) {
        return Long.toHexString(value);
    }
}
