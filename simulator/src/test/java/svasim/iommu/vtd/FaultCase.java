package svasim.iommu.vtd;

import java.util.Map;
import java.util.function.Consumer;
import svasim.iommu.core.UnitBench;
import svasim.paging.Access;
import svasim.pcie.tlp.PasidPrefix;

/** Tables in which a request of the device meets one fault reason, and the request. */
final class FaultCase {
    static final int NONE = PasidPrefix.NONE;
    static final int DEVICE = VtdUnderTest.DEVICE;
    static final int PASID = 0x23;
    static final long IOVA = 0x7F3A_5C6D_7E80L;
    static final long SECOND_IOVA = 0x5A_5C6D_7E80L;

    /** An address that gives no answer on the bus. */
    static final long OUTSIDE = 1L << 47;

    static final long TABLE = 0x300_0000;

    final VtdUnderTest unit;
    int pasid = PASID;
    long iova = IOVA;
    int access = Access.READ;

    FaultCase(VtdUnderTest unit) {
        this.unit = unit;
    }

    UnitBench.Outcome run() {
        return unit.bench.access(DEVICE, pasid, iova, access);
    }

    static FaultCase scalable() {
        FaultCase made = new FaultCase(new VtdUnderTest().started());
        made.unit.bind(PASID);
        made.unit.map(PASID, IOVA & -4096, 0x2_3456_7000L, Access.READ | Access.WRITE);
        return made;
    }

    static FaultCase scalable(Consumer<FaultCase> change) {
        FaultCase made = scalable();
        change.accept(made);
        return made;
    }

    static FaultCase scalable(String feature, long value, Consumer<FaultCase> change) {
        FaultCase made = new FaultCase(new VtdUnderTest(Map.of(feature, value)).started());
        made.unit.bind(PASID);
        change.accept(made);
        return made;
    }

    /** Legacy mode with second-stage tables of four levels at {@link #TABLE}. */
    static FaultCase legacy(Consumer<FaultCase> change) {
        return legacy(Map.of(), change);
    }

    static FaultCase legacy(Map<String, Long> features, Consumer<FaultCase> change) {
        FaultCase made = new FaultCase(new VtdUnderTest(features));
        VtdUnderTest unit = made.unit;
        unit.poke(VtdUnderTest.ROOT + (DEVICE >>> 8) * 16, VtdUnderTest.CONTEXT | 1);
        unit.poke(legacyContext(), TABLE | 5);
        unit.poke(legacyContext() + 8, VtdUnderTest.DOMAIN << 8 | 2);
        secondTables(unit);
        made.pasid = NONE;
        made.iova = SECOND_IOVA;
        change.accept(made);
        unit.switchedOn(VtdUnderTest.ROOT);
        return made;
    }

    static long legacyContext() {
        return VtdUnderTest.CONTEXT + (DEVICE & 0xFF) * 16;
    }

    /** Maps SECOND_IOVA through four levels from TABLE on. */
    static void secondTables(VtdUnderTest unit) {
        for (int level = 4; level > 1; level--) {
            unit.poke(secondEntry(level), TABLE + (5 - level) * 0x1000L | 3);
        }
        unit.poke(secondEntry(1), 0x2_3456_7003L);
    }

    static long secondEntry(int level) {
        return TABLE + (4 - level) * 0x1000L + (SECOND_IOVA >>> 12 + 9 * (level - 1) & 0x1FF) * 8;
    }

    /** A PASID with second-stage tables only. */
    static FaultCase second(Consumer<FaultCase> change) {
        return scalable(
                made -> {
                    secondTables(made.unit);
                    made.unit.bindTo(PASID, TABLE | 0x89, 0x80_0051, 0);
                    made.iova = SECOND_IOVA;
                    change.accept(made);
                });
    }

    /**
     * A nested PASID whose second stage maps the first 1 GiB to itself by 4 KiB pages where the
     * tables of the first stage lie.
     */
    static FaultCase nested(Consumer<FaultCase> change) {
        return scalable(
                made -> {
                    VtdUnderTest unit = made.unit;
                    unit.poke(TABLE, TABLE + 0x1000 | 3);
                    unit.poke(TABLE + 0x1000, TABLE + 0x2000 | 3);
                    for (int i = 0; i < 512; i++) {
                        unit.poke(TABLE + 0x2000 + i * 8, (long) i << 21 | 0x83);
                    }
                    long first = unit.peek(unit.pasidEntry(PASID) + 16);
                    unit.bindTo(PASID, TABLE | 0xC9, 0x80_0051, first);
                    change.accept(made);
                });
    }

    /** Second-stage entry of the 2 MiB that hold the first-stage tables. */
    static long secondOfFirst(FaultCase made) {
        long root = made.unit.peek(made.unit.pasidEntry(PASID) + 16);
        return TABLE + 0x2000 + (root >>> 21 & 0x1FF) * 8;
    }

    static long context() {
        return VtdUnderTest.CONTEXT_ENTRY;
    }

    static void pasidWord(FaultCase made, int word, long value) {
        made.unit.poke(made.unit.pasidEntry(PASID) + word * 8L, value);
    }

    static long first(FaultCase made, int level) {
        VtdUnderTest unit = made.unit;
        long table = unit.peek(unit.pasidEntry(PASID) + 16) & -4096;
        for (int at = 4; at > level; at--) {
            table = unit.peek(table + (IOVA >>> 12 + 9 * (at - 1) & 0x1FF) * 8) & -4096;
        }
        return table + (IOVA >>> 12 + 9 * (level - 1) & 0x1FF) * 8;
    }

    static void set(VtdUnderTest unit, long address, long bits) {
        unit.poke(address, unit.peek(address) | bits);
    }

    /** FR of the first fault record. */
    static long recorded(FaultCase made) {
        return made.unit.read64(VtdUnderTest.FRCD + 8) >>> 32 & 0xFF;
    }
}
