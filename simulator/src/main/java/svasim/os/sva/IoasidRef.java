package svasim.os.sva;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import svasim.cpu.Cpu;
import svasim.os.iommu.PasidEntry;
import svasim.os.mm.Mm;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.task.Platform;

/**
 * The IOASIDs proposed in 2020 (reference 2.9): the set of an address space owns a number, and the
 * cores that can submit with it, each device and its IOMMU hold a reference. Who frees a number
 * that is in use has its users told, those first who could make new requests, and the number is
 * reclaimed with the last reference, in whatever order they go.
 */
final class IoasidRef extends LifetimePolicy {
    private static final String SET = "set";
    private static final String CPU = "cpu";

    private static final Design DESIGN =
            new Design(
                    "ioasid_lock",
                    "svm",
                    Binding::perMm,
                    Procedure.<Binding>named("iommu_sva_bind")
                            .sleeping("check device", 150_000, Binding::check)
                            .sleeping("take ioasid_lock", 40_000, Binding::lock)
                            .sleeping("ioasid_alloc", 300_000, IoasidRef::allocate)
                            .sleeping("find device of mm", 80_000, Binding::findBond)
                            .sleeping("ioasid_set_data", 200_000, Binding::findDomain)
                            .sleeping("mmu_notifier_register", 400_000, Binding::register)
                            .sleeping("add device", 60_000, Binding::addDevice)
                            .sleeping("ioasid_get of IOMMU", 40_000, IoasidRef::getForIommu)
                            .sleeping("set up PASID entry", 50_000, Binding::install)
                            .sleeping("notify BIND", 60_000, IoasidRef::notifyBind)
                            .sleeping("ioasid_get of device", 40_000, IoasidRef::getForDevice)
                            .sleeping("publish PASID", 100_000, Binding::publish)
                            .sleeping("release ioasid_lock", 40_000, Binding::unlock)
                            .build(),
                    Procedure.<Unbinding>named("iommu_sva_unbind")
                            .sleeping("take ioasid_lock", 40_000, Unbinding::lock)
                            .sleeping("ioasid_find", 50_000, Unbinding::findAndDropUser)
                            .sleeping("ioasid_put of device", 40_000, IoasidRef::putForDevice)
                            .sleeping("take lock of svm", 30_000, Unbinding::lockDomain)
                            .sleeping("tear down PASID entry", 50_000, Unbinding::tearDownOrErase)
                            .sleeping("entry is gone", 0, Unbinding::cutAndUnlock)
                            .sleeping("drain page requests", 50_000, Unbinding::drain)
                            .sleeping("nothing is under way", 0, Unbinding::drained)
                            .sleeping("forget device", 50_000, Unbinding::forget)
                            .sleeping("remove device", 80_000, Unbinding::removeDevice)
                            .sleeping("notify UNBIND", 60_000, IoasidRef::notifyUnbind)
                            .sleeping("ioasid_put of IOMMU", 40_000, IoasidRef::putForIommu)
                            .sleeping("free svm", 80_000, Unbinding::lastDevice)
                            .sleeping("mmu_notifier_unregister", 100_000, Unbinding::unregister)
                            .sleeping("release ioasid_lock", 40_000, Unbinding::unlock)
                            .build(),
                    IntelSvm.RELEASE);

    private final Map<Mm, IoasidSet> sets = new HashMap<>();

    IoasidRef(Platform platform, PasidLives lives) {
        super(DESIGN, platform, lives);
    }

    private IoasidSet set(Mm mm) {
        return sets.computeIfAbsent(mm, token -> new IoasidSet(token, lives().quota()));
    }

    /** The first user of a number is the set that owns it, as long as its quota allows. */
    private static Next allocate(Binding binding, Cpu cpu) {
        return ((IoasidRef) binding.policy()).allocateFor(binding, cpu);
    }

    private Next allocateFor(Binding binding, Cpu cpu) {
        IoasidSet set = set(binding.mm());
        if (!binding.hasNumber() && set.isFull()) {
            return binding.refuse(set.refusal());
        }
        Next next = binding.numberOfMm(cpu);
        if (next == Next.ON && binding.life().pasid() != PasidEntry.NO_PASID) {
            if (!set.owns(binding.life())) {
                set.add(binding.life());
            }
            PasidReferences references = binding.life().references();
            if (references.isFreePending()) {
                return binding.refuse("PASID " + binding.life().pasid() + " is being freed");
            }
            if (!references.isHeld()) {
                references.get(SET);
            }
        }
        return next;
    }

    private static Next getForIommu(Binding binding, Cpu cpu) {
        binding.life().references().get(iommu(binding.bond()));
        return Next.ON;
    }

    /** The cores are told of the first bind only. */
    private static Next notifyBind(Binding binding, Cpu cpu) {
        PasidReferences references = binding.life().references();
        if (!references.isHeldBy(CPU)) {
            references.notify("BIND", CPU);
            references.get(CPU);
        }
        return Next.ON;
    }

    private static Next getForDevice(Binding binding, Cpu cpu) {
        binding.life().references().get(device(binding.bond()));
        return Next.ON;
    }

    private static Next putForDevice(Unbinding unbinding, Cpu cpu) {
        unbinding.domain().life().references().put(device(unbinding.bond()));
        return Next.ON;
    }

    /** The cores are told of the last unbind only. */
    private static Next notifyUnbind(Unbinding unbinding, Cpu cpu) {
        PasidReferences references = unbinding.domain().life().references();
        if (unbinding.domain().bonds().isEmpty() && references.isHeldBy(CPU)) {
            references.notify("UNBIND", CPU);
            references.put(CPU);
        }
        return Next.ON;
    }

    private static Next putForIommu(Unbinding unbinding, Cpu cpu) {
        unbinding.domain().life().references().put(iommu(unbinding.bond()));
        return Next.ON;
    }

    private static String iommu(Bond bond) {
        return "IOMMU for " + bond.device().name();
    }

    private static String device(Bond bond) {
        return bond.device().name();
    }

    /**
     * Never fails and may be called again. Users are told in the order of their priority: cores at
     * once, so that nothing new is submitted; devices and IOMMU, which need time, by work.
     */
    @Override
    void freeNumber(Mm mm, PasidLife life) {
        sets.remove(mm);
        PasidReferences references = life.references();
        if (!references.beginFree()) {
            return;
        }
        references.put(SET);
        if (references.isHeld()) {
            references.notify("FREE", CPU);
            references.put(CPU);
            List<Bond> bonds = bonds().stream().filter(b -> b.domain().life() == life).toList();
            platform().events().add(Call.sequence(retire(references, bonds)));
        }
    }

    private List<Call<?>> retire(PasidReferences references, List<Bond> bonds) {
        List<Call<?>> calls = new ArrayList<>();
        for (Bond bond : bonds) {
            references.notify("FREE", device(bond));
            calls.add(bond.handler(true));
        }
        bonds.forEach(bond -> references.notify("FREE", iommu(bond)));
        calls.add(unbindAll(bonds));
        return calls;
    }
}
