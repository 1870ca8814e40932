package svasim.os.sva;

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

    private final Map<Mm, PasidSet> sets = new HashMap<>();

    /** Numbers that some set has. */
    private final Map<PasidLife, SetPasid> numbers = new HashMap<>();

    IoasidRef(Platform platform, PasidLives lives) {
        super(DESIGN, platform, lives);
    }

    private PasidSet set(Mm mm) {
        return sets.computeIfAbsent(mm, this::newSet);
    }

    private PasidSet newSet(Mm mm) {
        PasidSet set =
                new PasidSet(
                        mm.name(),
                        mm.id(),
                        PasidSet.Numbering.HOST,
                        lives().quota(),
                        lives(),
                        platform());
        set.add(new SubmittingCores());
        return set;
    }

    /** The first user of a number is the set that owns it, as long as its quota allows. */
    private static Next allocate(Binding binding, Cpu cpu) {
        return ((IoasidRef) binding.policy()).allocateFor(binding, cpu);
    }

    private Next allocateFor(Binding binding, Cpu cpu) {
        PasidSet set = set(binding.mm());
        if (!binding.hasNumber() && set.isFull()) {
            return binding.refuse(set.refusal());
        }
        Next next = binding.numberOfMm(cpu);
        if (next == Next.ON && binding.life().pasid() != PasidEntry.NO_PASID) {
            SetPasid number =
                    numbers.computeIfAbsent(binding.life(), life -> set.add(life, life.pasid()));
            if (number.isFreePending()) {
                return binding.refuse("PASID " + binding.life().pasid() + " is being freed");
            }
        }
        return next;
    }

    /** Null for the requests without PASID of a function. */
    private static SetPasid number(Binding binding) {
        return ((IoasidRef) binding.policy()).numbers.get(binding.life());
    }

    private SetPasid number(Bond bond) {
        return numbers.get(bond.domain().life());
    }

    private static IoasidRef policy(Unbinding unbinding) {
        return (IoasidRef) unbinding.policy();
    }

    private static Next getForIommu(Binding binding, Cpu cpu) {
        return get(binding, PasidUser.Rank.IOMMU);
    }

    private static Next getForDevice(Binding binding, Cpu cpu) {
        return get(binding, PasidUser.Rank.DEVICE);
    }

    private static Next get(Binding binding, PasidUser.Rank rank) {
        SetPasid number = number(binding);
        if (number != null) {
            PasidUser user = ((IoasidRef) binding.policy()).new BondUser(binding.bond(), rank);
            number.set().add(user);
            number.get(user.name());
        }
        return Next.ON;
    }

    private static Next putForDevice(Unbinding unbinding, Cpu cpu) {
        return policy(unbinding).put(unbinding.bond(), PasidUser.Rank.DEVICE);
    }

    private static Next putForIommu(Unbinding unbinding, Cpu cpu) {
        return policy(unbinding).put(unbinding.bond(), PasidUser.Rank.IOMMU);
    }

    private Next put(Bond bond, PasidUser.Rank rank) {
        SetPasid number = number(bond);
        if (number != null) {
            number.set().remove(new BondUser(bond, rank));
            if (number.isReclaimed()) {
                numbers.remove(number.life());
            }
        }
        return Next.ON;
    }

    /** The cores are told of the first bind only. */
    private static Next notifyBind(Binding binding, Cpu cpu) {
        SetPasid number = number(binding);
        boolean first = number != null && !number.isHeldBy(CPU);
        return first
                ? Next.call(number.set().tell(PasidEvent.BIND, number, PasidUser.Rank.CPU))
                : Next.ON;
    }

    /** The cores are told of the last unbind only. */
    private static Next notifyUnbind(Unbinding unbinding, Cpu cpu) {
        SetPasid number = policy(unbinding).number(unbinding.bond());
        boolean last =
                number != null && unbinding.domain().bonds().isEmpty() && number.isHeldBy(CPU);
        return last
                ? Next.call(number.set().tell(PasidEvent.UNBIND, number, PasidUser.Rank.CPU))
                : Next.ON;
    }

    /** The cores, which can submit as long as they hold the number. */
    private static final class SubmittingCores implements PasidUser {
        @Override
        public Rank rank() {
            return Rank.CPU;
        }

        @Override
        public String name() {
            return CPU;
        }

        @Override
        public Call<?> told(PasidEvent event, SetPasid number) {
            switch (event) {
                case BIND -> number.get(CPU);
                case UNBIND, FREE -> number.put(CPU);
                default -> {}
            }
            return Call.nothing();
        }
    }

    /** A device that is bound, or the unit above it: both need time to let a number go. */
    private final class BondUser implements PasidUser {
        private final Bond bond;
        private final Rank rank;

        BondUser(Bond bond, Rank rank) {
            this.bond = bond;
            this.rank = rank;
        }

        @Override
        public Rank rank() {
            return rank;
        }

        @Override
        public String name() {
            String device = bond.device().name();
            return rank == Rank.IOMMU ? "IOMMU for " + device : device;
        }

        @Override
        public Call<?> told(PasidEvent event, SetPasid number) {
            if (event == PasidEvent.FREE && number == IoasidRef.this.number(bond)) {
                boolean stops = rank == Rank.DEVICE;
                platform().events().add(stops ? bond.handler(true) : unbindAll(List.of(bond)));
            }
            return Call.nothing();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof BondUser user && user.bond == bond && user.rank == rank;
        }

        @Override
        public int hashCode() {
            return rank.hashCode();
        }
    }

    /**
     * Never fails and may be called again. Users are told in the order of their rank: the cores, so
     * that nothing new is submitted; then devices and IOMMU, which need time, by work.
     */
    @Override
    void freeNumber(Mm mm, PasidLife life) {
        sets.remove(mm);
        SetPasid number = numbers.get(life);
        if (number == null) {
            life.freeOnce();
        } else if (number.set().beginFree(number)) {
            platform().events().add(number.set().tell(PasidEvent.FREE, number));
        } else if (number.isReclaimed()) {
            numbers.remove(life);
        }
    }
}
