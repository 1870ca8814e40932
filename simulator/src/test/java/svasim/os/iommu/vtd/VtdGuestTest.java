package svasim.os.iommu.vtd;

import java.util.List;
import svasim.iommu.vtd.VtdConfig;
import svasim.iommu.vtd.VtdIommu;
import svasim.os.OsUnderTest;
import svasim.os.iommu.DriverUnderTest;
import svasim.os.iommu.GuestDriverContract;
import svasim.os.iommu.GuestUnderTest;
import svasim.os.iommu.IommuDriver;
import svasim.os.iommu.IommuOptions;
import svasim.os.iommu.NestedSpace;
import svasim.os.iommu.PasidEntry;
import svasim.os.iommu.PciDevice;
import svasim.os.iommu.PciPath;
import svasim.os.procedure.Call;

/** VT-d: the host owns the PASID tables, and a guest's PASID is a nested entry. */
class VtdGuestTest extends GuestDriverContract {
    private static final int SPACE = 700;

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

    @Override
    protected void bind(GuestUnderTest guest, int pasid, long root) {
        PciDevice device = guest.test().device();
        var space = new NestedSpace(SPACE, "vm0.app", root, guest.stage());
        guest.test().run(guest.test().driver().install(new PasidEntry(device, pasid, space)));
        device.publish(pasid, space);
    }

    @Override
    protected void unbind(GuestUnderTest guest, int pasid) {
        PciDevice device = guest.test().device();
        IommuDriver driver = guest.test().driver();
        PasidEntry entry = new PasidEntry(device, pasid, device.handle(pasid));
        guest.test()
                .run(
                        Call.sequence(
                                List.of(
                                        driver.tearDown(entry),
                                        driver.drain(entry),
                                        driver.forget(entry))));
        device.erase(pasid);
    }

    /** SSS.2: a second-stage entry is not present. */
    @Override
    protected int outsideMemory() {
        return 0x79;
    }
}
