package svasim.iommu.vtd;

import static svasim.iommu.vtd.FaultCase.OUTSIDE;
import static svasim.iommu.vtd.FaultCase.PASID;
import static svasim.iommu.vtd.FaultCase.context;
import static svasim.iommu.vtd.FaultCase.first;
import static svasim.iommu.vtd.FaultCase.legacy;
import static svasim.iommu.vtd.FaultCase.legacyContext;
import static svasim.iommu.vtd.FaultCase.nested;
import static svasim.iommu.vtd.FaultCase.pasidWord;
import static svasim.iommu.vtd.FaultCase.scalable;
import static svasim.iommu.vtd.FaultCase.second;
import static svasim.iommu.vtd.FaultCase.secondEntry;
import static svasim.iommu.vtd.FaultCase.secondOfFirst;
import static svasim.iommu.vtd.FaultCase.set;

import java.util.EnumMap;
import java.util.Map;
import svasim.paging.Access;

/** For each fault reason that an untranslated request can meet in sound memory, a case of it. */
final class FaultCases {
    private static final int DEVICE = VtdUnderTest.DEVICE;

    private FaultCases() {}

    static Map<FaultReason, FaultCase> all() {
        Map<FaultReason, FaultCase> cases = new EnumMap<>(FaultReason.class);
        legacyCases(cases);
        modeCases(cases);
        scalableCases(cases);
        pasidCases(cases);
        firstCases(cases);
        nestedCases(cases);
        secondCases(cases);
        return cases;
    }

    private static void legacyCases(Map<FaultReason, FaultCase> cases) {
        long root = VtdUnderTest.ROOT + (DEVICE >>> 8) * 16;
        cases.put(FaultReason.ROOT_NOT_PRESENT, legacy(c -> c.unit.poke(root, 0)));
        cases.put(FaultReason.CONTEXT_NOT_PRESENT, legacy(c -> c.unit.poke(legacyContext(), 0)));
        cases.put(FaultReason.CONTEXT_INVALID, legacy(c -> set(c.unit, legacyContext(), 0xC)));
        cases.put(FaultReason.BEYOND_WIDTH, legacy(c -> c.iova = 1L << 48));
        cases.put(
                FaultReason.WRITE_REFUSED,
                legacy(
                        c -> {
                            c.unit.poke(secondEntry(1), 0x2_3456_7001L);
                            c.access = Access.WRITE;
                        }));
        cases.put(FaultReason.READ_REFUSED, legacy(c -> c.unit.poke(secondEntry(2), 0)));
        cases.put(
                FaultReason.TABLE_UNREADABLE,
                legacy(c -> c.unit.poke(secondEntry(3), OUTSIDE | 3)));
        cases.put(FaultReason.CONTEXT_UNREADABLE, legacy(c -> c.unit.poke(root, OUTSIDE | 1)));
        cases.put(FaultReason.ROOT_RESERVED, legacy(c -> c.unit.poke(root + 8, 2)));
        cases.put(
                FaultReason.CONTEXT_RESERVED,
                legacy(c -> set(c.unit, legacyContext() + 8, 1L << 40)));
        cases.put(FaultReason.TABLE_RESERVED, legacy(c -> set(c.unit, secondEntry(4), 1 << 7)));
        cases.put(
                FaultReason.INTERRUPT_RANGE,
                legacy(c -> c.unit.poke(secondEntry(1), 0xFEE0_0003L)));
    }

    private static void modeCases(Map<FaultReason, FaultCase> cases) {
        cases.put(FaultReason.MODE_RESERVED, mode(2, Map.of()));
        cases.put(FaultReason.ABORT_MODE, mode(3, Map.of("ECAP.ADMS", 1L)));
        cases.put(FaultReason.PASID_IN_LEGACY_MODE, legacy(c -> c.pasid = PASID));
    }

    private static FaultCase mode(int mode, Map<String, Long> features) {
        FaultCase made = new FaultCase(new VtdUnderTest(features));
        made.unit.switchedOn(VtdUnderTest.ROOT | (long) mode << 10);
        return made;
    }

    private static void scalableCases(Map<FaultReason, FaultCase> cases) {
        long root = VtdUnderTest.ROOT + (DEVICE >>> 8) * 16;
        cases.put(FaultReason.SM_ROOT_NOT_PRESENT, scalable(c -> c.unit.poke(root, 0)));
        cases.put(FaultReason.SM_ROOT_RESERVED, scalable(c -> set(c.unit, root, 2)));
        cases.put(FaultReason.SM_CONTEXT_UNREADABLE, scalable(c -> c.unit.poke(root, OUTSIDE | 1)));
        cases.put(FaultReason.SM_CONTEXT_NOT_PRESENT, scalable(c -> c.unit.poke(context(), 0)));
        cases.put(FaultReason.SM_CONTEXT_RESERVED, scalable(c -> c.unit.poke(context() + 24, 1)));
        cases.put(
                FaultReason.SM_CONTEXT_INVALID,
                scalable(c -> c.unit.poke(context(), VtdUnderTest.CONTEXT_LOW & ~4L)));
        cases.put(
                FaultReason.PASID_BLOCKED,
                scalable(c -> c.unit.poke(context(), VtdUnderTest.CONTEXT_LOW & ~8L)));
        cases.put(FaultReason.PASID_BEYOND_DIRECTORY, scalable(c -> c.pasid = 0x8000));
        cases.put(FaultReason.PASID_IS_RID_PASID, scalable(c -> c.unit.poke(context() + 8, PASID)));
        cases.put(FaultReason.PASID_TOO_WIDE, scalable("ECAP.PSS", 7, c -> c.pasid = 0x100));
    }

    private static void pasidCases(Map<FaultReason, FaultCase> cases) {
        cases.put(
                FaultReason.DIRECTORY_UNREADABLE,
                scalable(c -> c.unit.poke(context(), 0x41D | OUTSIDE)));
        cases.put(
                FaultReason.DIRECTORY_NOT_PRESENT,
                scalable(c -> c.unit.poke(VtdUnderTest.DIRECTORY, 0)));
        cases.put(
                FaultReason.DIRECTORY_RESERVED,
                scalable(c -> set(c.unit, VtdUnderTest.DIRECTORY, 4)));
        cases.put(
                FaultReason.PASID_UNREADABLE,
                scalable(c -> c.unit.poke(VtdUnderTest.DIRECTORY, OUTSIDE | 1)));
        cases.put(FaultReason.PASID_NOT_PRESENT, scalable(c -> c.unit.unbind(PASID)));
        cases.put(FaultReason.PASID_RESERVED, scalable(c -> pasidWord(c, 7, 1)));
        cases.put(FaultReason.PASID_INVALID, scalable(c -> pasidWord(c, 0, 1 | 5 << 6)));
        cases.put(
                FaultReason.SUPERVISOR_BLOCKED,
                scalable(
                        c -> {
                            c.unit.poke(first(c, 1), 0x2_3456_7067L);
                            pasidWord(c, 2, c.unit.peek(c.unit.pasidEntry(PASID) + 16) & ~1);
                            c.access = Access.READ | Access.PRIVILEGED;
                        }));
    }

    private static void firstCases(Map<FaultReason, FaultCase> cases) {
        cases.put(FaultReason.FS_ROOT_UNREADABLE, scalable(c -> pasidWord(c, 2, OUTSIDE)));
        cases.put(
                FaultReason.FS_ENTRY_UNREADABLE,
                scalable(c -> c.unit.poke(first(c, 3), OUTSIDE | 0x27)));
        cases.put(FaultReason.FS_NOT_PRESENT, scalable(c -> c.unit.poke(first(c, 1), 0)));
        cases.put(FaultReason.FS_RESERVED, scalable(c -> set(c.unit, first(c, 4), 1 << 7)));
        cases.put(FaultReason.NOT_CANONICAL, scalable(c -> c.iova = 1L << 47));
        cases.put(
                FaultReason.PRIVILEGE_REFUSED,
                scalable(c -> c.unit.poke(first(c, 1), 0x2_3456_7063L)));
        cases.put(
                FaultReason.SM_WRITE_REFUSED,
                scalable(
                        c -> {
                            c.unit.poke(first(c, 1), 0x2_3456_7065L);
                            c.access = Access.WRITE;
                        }));
        cases.put(FaultReason.FS_UPDATE_NOT_SNOOPED, scalable(c -> pasidWord(c, 1, 0x51)));
        cases.put(
                FaultReason.SM_INTERRUPT_RANGE,
                scalable(c -> c.unit.poke(first(c, 1), 0xFEE0_0067L)));
    }

    private static void nestedCases(Map<FaultReason, FaultCase> cases) {
        cases.put(
                FaultReason.FS_TABLE_BEYOND_WIDTH,
                nested(c -> c.unit.poke(first(c, 4), 1L << 50 | 0x27)));
        cases.put(FaultReason.FS_TABLE_NOT_MAPPED, nested(c -> c.unit.poke(secondOfFirst(c), 0)));
        cases.put(
                FaultReason.FS_TABLE_READ_REFUSED,
                nested(c -> c.unit.poke(secondOfFirst(c), c.unit.peek(secondOfFirst(c)) & ~1)));
        cases.put(
                FaultReason.FS_TABLE_WRITE_REFUSED,
                nested(
                        c -> {
                            c.unit.poke(first(c, 4), c.unit.peek(first(c, 4)) & ~0x20L);
                            c.unit.poke(secondOfFirst(c), c.unit.peek(secondOfFirst(c)) & ~2);
                        }));
    }

    private static void secondCases(Map<FaultReason, FaultCase> cases) {
        cases.put(
                FaultReason.SS_ENTRY_UNREADABLE,
                second(c -> c.unit.poke(secondEntry(3), OUTSIDE | 3)));
        cases.put(FaultReason.SS_NOT_PRESENT, second(c -> c.unit.poke(secondEntry(2), 0)));
        cases.put(FaultReason.SS_RESERVED, second(c -> set(c.unit, secondEntry(1), 1L << 62)));
        cases.put(FaultReason.SS_ROOT_UNREADABLE, second(c -> pasidWord(c, 0, OUTSIDE | 0x89)));
        cases.put(
                FaultReason.SS_UPDATE_NOT_SNOOPED,
                second(c -> c.unit.bindTo(PASID, FaultCase.TABLE | 0x289, 0x51, 0)));
        cases.put(FaultReason.SM_BEYOND_WIDTH, second(c -> c.iova = 1L << 48));
        cases.put(
                FaultReason.SM_READ_REFUSED,
                second(c -> c.unit.poke(secondEntry(1), 0x2_3456_7002L)));
        cases.put(
                FaultReason.SM_OUTPUT_BEYOND_WIDTH,
                scalable(
                        c -> {
                            c.unit.bindTo(PASID, 0x101, 0x51, 0);
                            c.iova = 1L << 53;
                        }));
    }
}
