package svasim.iommu.smmuv3;

import java.util.List;
import java.util.SplittableRandom;
import svasim.iommu.core.HostileUnit;
import svasim.iommu.core.Iommu;
import svasim.iommu.core.SlowTranslator;
import svasim.iommu.core.UnitBench;

/** An SMMUv3 whose software means no good. */
record HostileSmmu(SmmuUnderTest unit, SlowTranslator slow) implements HostileUnit {
    private static final long STALLS_OF_STREAM =
            Opcode.STALL_TERM.code() | (long) SmmuUnderTest.STREAM << 32;

    @Override
    public UnitBench bench() {
        return unit.bench;
    }

    @Override
    public Iommu iommu() {
        return unit.smmu;
    }

    @Override
    public int requesterId() {
        return SmmuUnderTest.STREAM;
    }

    @Override
    public int pasid() {
        return SmmuUnderTest.PASID;
    }

    @Override
    public List<Long> configuration() {
        return List.of(SmmuUnderTest.STREAM_TABLE, SmmuUnderTest.CONTEXTS);
    }

    @Override
    public List<Long> pageTables() {
        return unit.tables.allocated();
    }

    @Override
    public void program() {
        unit.write(RegisterOffset.CR0, 0);
        unit.enabled();
    }

    @Override
    public void forget() {
        mend();
        unit.command(Opcode.CFGI_STE_RANGE.code(), 31);
        unit.command(Opcode.TLBI_NSNH_ALL.code(), 0);
        unit.command(Opcode.TLBI_EL2_ALL.code(), 0);
        unit.command(STALLS_OF_STREAM, 0);
        unit.write(RegisterOffset.EVENTQ_CONS, unit.register(RegisterOffset.EVENTQ_PROD));
        long requests = RegisterOffset.PAGE_1;
        unit.write(
                requests + RegisterOffset.PRIQ_CONS,
                unit.register(requests + RegisterOffset.PRIQ_PROD));
    }

    @Override
    public boolean command(SplittableRandom random) {
        long opcode = random.nextInt(2) == 0 ? random.nextInt(0x50) : random.nextInt(0x100);
        unit.command(random.nextLong() & ~0xFFL | opcode, random.nextLong());
        return !mend();
    }

    /** Software replaces a refused command by CMD_SYNC; returns whether one was refused. */
    private boolean mend() {
        boolean refused = unit.commandError() != 0;
        if (refused) {
            long index = unit.register(RegisterOffset.CMDQ_CONS) & 7;
            unit.memory.writeLong(SmmuUnderTest.COMMANDS + 16 * index, Opcode.SYNC.code());
            unit.memory.writeLong(SmmuUnderTest.COMMANDS + 16 * index + 8, 0);
            unit.write(RegisterOffset.GERRORN, unit.register(RegisterOffset.GERROR));
        }
        return refused;
    }

    @Override
    public long register(SplittableRandom random) {
        long page = random.nextInt(4) == 0 ? RegisterOffset.PAGE_1 : 0;
        return page + random.nextInt(0x100);
    }
}
