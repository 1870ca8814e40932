package svasim.os.sva;

import java.util.ArrayList;
import java.util.List;
import svasim.os.OsUnderTest;
import svasim.os.SimpleDevice;
import svasim.os.SimpleIommu;
import svasim.os.mm.AddressSpace;
import svasim.os.procedure.Call;
import svasim.os.reference.Node;

/** A host without processes, with two devices under one unit, for the numbers of its guests. */
public final class GuestsUnderTest {
    static final int LIMIT = 1 << 20;

    private final OsUnderTest system;
    private final SimpleIommu unit = new SimpleIommu(0);
    private final SimpleDevice dev0;
    private final SimpleDevice dev1;

    public GuestsUnderTest(OsUnderTest.Setup setup) {
        system = setup.build();
        dev0 = system.device("dev0", 0x0100, unit);
        dev1 = system.device("dev1", 0x0200, unit);
        system.run();
        unit.done().clear();
    }

    /** An address space of a guest, of which only the number matters here. */
    record Space(int id, String name, long root) implements AddressSpace {
        @Override
        public boolean getUsersUnlessZero(Node holder) {
            return true;
        }

        @Override
        public Call<?> putUsers(Node holder) {
            return Call.nothing();
        }
    }

    /** A user that holds each number from its bind to its end, and keeps what it is told. */
    static final class Holder implements PasidUser {
        private final Rank rank;
        private final String name;
        private final List<String> told;

        Holder(Rank rank, String name, List<String> told) {
            this.rank = rank;
            this.name = name;
            this.told = told;
        }

        @Override
        public Rank rank() {
            return rank;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Call<?> told(PasidEvent event, SetPasid number) {
            told.add(event + " " + name);
            switch (event) {
                case BIND -> number.get(name);
                case UNBIND, FREE -> number.put(name);
                default -> {}
            }
            return Call.nothing();
        }
    }

    public OsUnderTest system() {
        return system;
    }

    public Sva sva() {
        return system.os().sva();
    }

    public SimpleDevice dev0() {
        return dev0;
    }

    public SimpleDevice dev1() {
        return dev1;
    }

    /** What was done at the unit, in order. */
    public List<String> done() {
        return unit.done();
    }

    public PasidSet set(String vm, Integer quota) {
        return sva().newSet(vm, quota, PasidSet.Numbering.PRIVATE);
    }

    public PasidAllocation ask(PasidSet set) {
        PasidAllocation wanted = new PasidAllocation(LIMIT);
        system.finish(set.allocate(wanted));
        return wanted;
    }

    public SetPasid allocate(PasidSet set) {
        return ask(set).number();
    }

    static Space space(SetPasid number) {
        return new Space(number.id(), "process of " + number.set().owner(), 0x1000);
    }

    /** Null, or why not. */
    public String bind(SetPasid number, SimpleDevice device) {
        GuestBind wanted = new GuestBind(device.device(), number.guest(), space(number));
        system.finish(sva().bonds(number.set()).bind(wanted));
        return wanted.refusal();
    }

    public void unbind(PasidSet set, int guest, SimpleDevice device) {
        system.finish(sva().bonds(set).unbind(device.device(), guest));
    }

    public void free(PasidSet set, int guest) {
        system.finish(set.free(guest));
    }

    List<String> newList() {
        return new ArrayList<>();
    }
}
