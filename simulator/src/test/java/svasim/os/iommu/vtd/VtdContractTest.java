package svasim.os.iommu.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import svasim.iommu.vtd.VtdConfig;
import svasim.iommu.vtd.VtdIommu;
import svasim.os.OsUnderTest;
import svasim.os.iommu.DomainType;
import svasim.os.iommu.DriverUnderTest;
import svasim.os.iommu.IommuOptions;
import svasim.os.iommu.PageRequestDriverContract;
import svasim.os.iommu.PciPath;
import svasim.pcie.tlp.PasidPrefix;

/** The VT-d driver does what every driver does. */
class VtdContractTest extends PageRequestDriverContract {
    @Override
    protected DriverUnderTest.Parts parts(OsUnderTest.Setup setup) {
        return new DriverUnderTest.Parts(
                setup,
                around -> new VtdIommu(VtdConfig.defaults(), around),
                VtdDriver::new,
                OsUnderTest.capable(20),
                PciPath.INTEGRATED,
                IommuOptions.defaults());
    }

    /**
     * The entry of a PASID is cut, and that of requests without; ATS stands in the context entry.
     */
    @Override
    protected boolean refusesTranslatedInReset() {
        return false;
    }

    /** An entry that lets pass names the largest width, though the tables of others have less. */
    @Test
    void shouldLetPassInLegacyModeWithTheLargestWidth() {
        VtdConfig legacy = VtdConfig.defaults().withFeatures(Map.of("ECAP.SMTS", 0L));
        var test =
                new DriverUnderTest(
                        plainParts()
                                .with(around -> new VtdIommu(legacy, around))
                                .with(IommuOptions.of(DomainType.IDENTITY)));
        test.system().run();

        var read = test.read(PasidPrefix.NONE, 0x123_4000);
        test.system().kernel().runUntilQuiet();

        assertEquals(0x123_4000, read.output());
    }
}
