package svasim.iommu.smmuv3;

import java.util.ArrayList;
import java.util.List;
import svasim.iommu.core.HostileUnit;
import svasim.iommu.core.RandomPages;
import svasim.iommu.core.RandomWordsContract;
import svasim.iommu.core.SlowTranslator;
import svasim.iommu.core.SlowVmsa;

/** Stage 1 tables of a substream over stage 2 tables, which map the context descriptors too. */
class RandomNestedWordsTest extends RandomWordsContract {
    @Override
    protected HostileUnit create() {
        var unit = new SmmuUnderTest();
        long first = unit.newTable();
        RandomPages.map(SmmuUnderTest.stage1(first), unit.tables);
        List<Long> mapped = new ArrayList<>(unit.tables.allocated());
        mapped.add(SmmuUnderTest.CONTEXTS);
        long second = unit.newTable();
        RandomPages.mapBelow(SmmuUnderTest.stage2(second), unit.tables, mapped);
        unit.stream(SmmuUnderTest.STREAM, TableWords.nested(SmmuUnderTest.CONTEXTS, 6, second))
                .context(
                        SmmuUnderTest.CONTEXTS,
                        SmmuUnderTest.PASID,
                        TableWords.context(first, SmmuUnderTest.ASID))
                .enabled();
        var below = new SlowVmsa(unit.memory, second, 39, true, SlowTranslator.IDENTITY);
        return new HostileSmmu(unit, contextsBelow(unit, first, below));
    }

    /** Nothing is translated unless the descriptor can be read at its place. */
    private static SlowTranslator contextsBelow(
            SmmuUnderTest unit, long first, SlowTranslator below) {
        long descriptor = SmmuUnderTest.CONTEXTS + 64L * SmmuUnderTest.PASID;
        var slow = new SlowVmsa(unit.memory, first, 48, false, below);
        return (address, write) ->
                below.translate(descriptor, false) == descriptor
                        ? slow.translate(address, write)
                        : SlowTranslator.REFUSED;
    }
}
