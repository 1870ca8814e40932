package svasim.iommu.smmuv3;

import svasim.iommu.core.HostileUnit;
import svasim.iommu.core.RandomPages;
import svasim.iommu.core.RandomWordsContract;
import svasim.iommu.core.SlowTranslator;
import svasim.iommu.core.SlowVmsa;

/** Stage 1 tables of a substream. */
class RandomWordsTest extends RandomWordsContract {
    @Override
    protected HostileUnit create() {
        var unit = new SmmuUnderTest();
        long root = unit.newTable();
        RandomPages.map(SmmuUnderTest.stage1(root), unit.tables);
        unit.stream(SmmuUnderTest.STREAM, TableWords.stage1(SmmuUnderTest.CONTEXTS, 6))
                .context(
                        SmmuUnderTest.CONTEXTS,
                        SmmuUnderTest.PASID,
                        TableWords.context(root, SmmuUnderTest.ASID))
                .enabled();
        var slow = new SlowVmsa(unit.memory, root, 48, false, SlowTranslator.IDENTITY);
        return new HostileSmmu(unit, slow);
    }
}
