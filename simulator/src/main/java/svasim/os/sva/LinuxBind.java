package svasim.os.sva;

import svasim.cpu.Cpu;
import svasim.os.iommu.PasidEntry;
import svasim.os.iommu.PciDevice;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** iommu_sva_bind_device. */
final class LinuxBind {
    private static final String UNLOCK = "release iommu_sva_lock";

    private static final Procedure<LinuxBind> BIND =
            Procedure.<LinuxBind>named("iommu_sva_bind_device")
                    .sleeping("check device", 150_000, LinuxBind::check)
                    .sleeping("take iommu_sva_lock", 40_000, LinuxBind::lock)
                    .sleeping("iommu_alloc_mm_data", 400_000, LinuxBind::allocatePasid)
                    .sleeping("find handle", 80_000, LinuxBind::findHandle)
                    .sleeping("iommu_sva_domain_alloc", 900_000, LinuxBind::findDomain)
                    .sleeping("set_dev_pasid", 100_000, LinuxBind::install)
                    .sleeping("publish handle", 150_000, LinuxBind::publish)
                    .sleeping(UNLOCK, 40_000, LinuxBind::unlock)
                    .build();

    private final Linux71 policy;
    private final BindRequest request;
    private final PciDevice device;
    private PasidLife life;
    private SvaDomain domain;
    private PasidEntry entry;

    private LinuxBind(Linux71 policy, BindRequest request) {
        this.policy = policy;
        this.request = request;
        this.device = request.device();
    }

    static Call<?> call(Linux71 policy, BindRequest request) {
        return new Call<>(BIND, new LinuxBind(policy, request));
    }

    private Next check(Cpu cpu) {
        String reason = Refusals.reason(device);
        return reason == null ? Next.ON : refuse(reason, Next.DONE);
    }

    private Next lock(Cpu cpu) {
        return policy.lock().take(this);
    }

    private Next allocatePasid(Cpu cpu) {
        int limit = device.iommu().pasidLimit(device);
        life = policy.life(request.mm(), limit);
        if (life == null) {
            return refuse("no PASID is free below " + limit, Next.jump(UNLOCK));
        }
        if (life.pasid() >= limit) {
            String tooWide = "PASID " + life.pasid() + " of the mm is beyond the limit of " + limit;
            return refuse(tooWide, Next.jump(UNLOCK));
        }
        return Next.ON;
    }

    private Next findHandle(Cpu cpu) {
        Bond known = policy.bond(request.mm(), device);
        if (known != null) {
            known.addUser();
            hold(known);
            return Next.jump(UNLOCK);
        }
        String obstacle =
                device.handle(life.pasid()) == null
                        ? device.iommu().obstacle(device, request.mm())
                        : "PASID " + life.pasid() + " of the device is busy";
        return obstacle == null ? Next.ON : refuse(obstacle, Next.jump(UNLOCK));
    }

    private Next findDomain(Cpu cpu) {
        domain = policy.domain(request.mm(), device.iommu());
        return Next.ON;
    }

    private Next install(Cpu cpu) {
        entry = new PasidEntry(device, life.pasid(), request.mm());
        return Next.call(device.iommu().install(entry));
    }

    private Next publish(Cpu cpu) {
        device.publish(life.pasid(), request.mm());
        String name = "bond of " + request.mm().name() + " and " + device.name();
        Bond bond = new Bond(entry, policy.platform().references().node(name));
        domain.bonds().add(bond);
        policy.platform().references().hold(bond.node(), domain.node());
        hold(bond);
        life.bound(entry);
        return Next.ON;
    }

    private Next unlock(Cpu cpu) {
        policy.lock().give(this);
        return Next.DONE;
    }

    private void hold(Bond bond) {
        policy.platform().references().hold(request.holder(), bond.node());
        bond.holders().add(request.holder());
        request.granted(bond);
    }

    private Next refuse(String reason, Next next) {
        request.refused(reason);
        Refusals.tell(policy.platform().trace(), request, reason);
        return next;
    }
}
