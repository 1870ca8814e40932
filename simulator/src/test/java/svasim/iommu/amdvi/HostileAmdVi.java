package svasim.iommu.amdvi;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import svasim.iommu.core.HostileUnit;
import svasim.iommu.core.Iommu;
import svasim.iommu.core.SlowTranslator;
import svasim.iommu.core.TestTables;
import svasim.iommu.core.UnitBench;

/** An AMD IOMMU whose software means no good. */
record HostileAmdVi(AmdViUnderTest unit, int pasid, SlowTranslator slow) implements HostileUnit {
    private static final long EVERYTHING = 8L << 60;
    private static final int[] REGISTERS = {0x0000, 0x0100, 0x2000};

    @Override
    public UnitBench bench() {
        return unit.bench;
    }

    @Override
    public Iommu iommu() {
        return unit.unit;
    }

    @Override
    public int requesterId() {
        return AmdViUnderTest.DEVICE;
    }

    /** The device table around the device, and the GCR3 table if there is one. */
    @Override
    public List<Long> configuration() {
        long entry = AmdViUnderTest.deviceEntry();
        List<Long> tables = new ArrayList<>(List.of(entry & -0x1000L));
        if (pasid != AmdViUnderTest.NO_PASID) {
            tables.add(AmdViUnderTest.GCR3);
            tables.add(unit.guestRootEntry(pasid) & -0x1000L);
        }
        return tables;
    }

    @Override
    public List<Long> pageTables() {
        List<Long> tables =
                new ArrayList<>(TestTables.pages(AmdViUnderTest.TABLES, unit.tablesEnd()));
        tables.removeAll(configuration());
        return tables;
    }

    @Override
    public void program() {
        unit.program().on();
    }

    @Override
    public void forget() {
        unit.command(EVERYTHING, 0);
        if (refused()) {
            unit.restartCommands();
            unit.command(EVERYTHING, 0);
        }
        unit.register(RegisterOffset.EVENT_HEAD, unit.register(RegisterOffset.EVENT_TAIL));
        unit.register(RegisterOffset.PPR_HEAD, unit.register(RegisterOffset.PPR_TAIL));
    }

    @Override
    public boolean command(SplittableRandom random) {
        long opcode = (long) random.nextInt(16) << 60;
        long q0 = opcode | random.nextLong() >>> 4 & random.nextLong() & random.nextLong();
        unit.command(q0, random.nextLong() & random.nextLong());
        boolean carriedOut = !refused();
        if (!carriedOut) {
            assertTrue(unit.events() > 0, "a refused command is told");
            unit.restartCommands();
        }
        unit.register(RegisterOffset.EVENT_HEAD, unit.register(RegisterOffset.EVENT_TAIL));
        return carriedOut;
    }

    private boolean refused() {
        return !unit.status(StatusBit.CMD_BUF_RUN);
    }

    @Override
    public long register(SplittableRandom random) {
        return REGISTERS[random.nextInt(REGISTERS.length)] + random.nextInt(0xB0);
    }
}
