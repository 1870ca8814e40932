package svasim.os.sva;

import svasim.cpu.Cpu;
import svasim.os.iommu.PasidEntry;
import svasim.os.iommu.PciDevice;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** intel_svm_bind_mm of 2015. */
final class PinBind {
    private static final String UNLOCK = "release pasid_mutex";

    private static final Procedure<PinBind> BIND =
            Procedure.<PinBind>named("intel_svm_bind_mm")
                    .sleeping("check device", 150_000, PinBind::check)
                    .sleeping("take pasid_mutex", 40_000, PinBind::lock)
                    .sleeping("find or pin mm", 900_000, PinBind::pin)
                    .sleeping("set PASID entry", 50_000, PinBind::install)
                    .sleeping("add device", 100_000, PinBind::addDevice)
                    .sleeping(UNLOCK, 40_000, PinBind::unlock)
                    .build();

    private final IntelPin policy;
    private final BindRequest request;
    private final PciDevice device;
    private PinnedSpace space;
    private PasidEntry entry;

    private PinBind(IntelPin policy, BindRequest request) {
        this.policy = policy;
        this.request = request;
        this.device = request.device();
    }

    static Call<?> call(IntelPin policy, BindRequest request) {
        return new Call<>(BIND, new PinBind(policy, request));
    }

    private Next check(Cpu cpu) {
        String reason = Refusals.reason(device);
        return reason == null ? Next.ON : refuse(reason, Next.DONE);
    }

    private Next lock(Cpu cpu) {
        return policy.lock().take(this);
    }

    private Next pin(Cpu cpu) {
        space = policy.find(request.mm(), device.iommu());
        Bond known = space == null ? null : space.bond(device);
        if (known != null) {
            known.addUser();
            hold(known);
            return Next.jump(UNLOCK);
        }
        String obstacle = device.iommu().obstacle(device, request.mm());
        if (obstacle != null) {
            return refuse(obstacle, Next.jump(UNLOCK));
        }
        int limit = device.iommu().pasidLimit(device);
        if (space == null) {
            space = policy.pin(request.mm(), device);
        }
        return space == null || space.life().pasid() >= limit
                ? refuse("no PASID of the IOMMU is free below " + limit, Next.jump(UNLOCK))
                : Next.ON;
    }

    private Next install(Cpu cpu) {
        entry = new PasidEntry(device, space.life().pasid(), request.mm());
        return Next.call(device.iommu().install(entry));
    }

    private Next addDevice(Cpu cpu) {
        String name = "bond of " + request.mm().name() + " and " + device.name();
        Bond bond = new Bond(entry, policy.platform().references().node(name));
        device.publish(bond.pasid(), request.mm());
        space.bonds().add(bond);
        policy.platform().references().hold(bond.node(), space.node());
        hold(bond);
        space.life().bound(entry);
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
