package svasim.os.iommu.vtd;

import svasim.iommu.vtd.VtdConfig;
import svasim.iommu.vtd.VtdIommu;
import svasim.os.OsUnderTest;
import svasim.os.iommu.DriverUnderTest;
import svasim.os.iommu.IommuOptions;
import svasim.os.iommu.PageRequestDriverContract;
import svasim.os.iommu.PciPath;

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
}
