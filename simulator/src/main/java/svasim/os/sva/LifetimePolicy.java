package svasim.os.sva;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import svasim.os.iommu.PciDevice;
import svasim.os.mm.Mm;
import svasim.os.procedure.Call;
import svasim.os.task.Mutex;
import svasim.os.task.Platform;
import svasim.os.task.Task;

/**
 * What all lifetime policies have in common: a lock, the domains that exist, and three lists of
 * steps, for bind, unbind and the release of an address space. The steps are those of {@link
 * Binding}, {@link Unbinding} and {@link Releasing}, in the order and with the names of the code
 * that the policy is after; where it does what no other does, the step is its own.
 */
abstract class LifetimePolicy implements SvaPolicy {
    private final Design design;
    private final Platform platform;
    private final PasidLives lives;
    private final MmNumbers mmNumbers;
    private final Mutex lock;

    /** By their keys, in the order of making. */
    private final Map<Object, SvaDomain> domains = new LinkedHashMap<>();

    LifetimePolicy(Design design, Platform platform, PasidLives lives) {
        this.design = design;
        this.platform = platform;
        this.lives = lives;
        this.mmNumbers = new MmNumbers(platform, lives, this::freeNumber);
        this.lock = new Mutex(design.lock());
    }

    final Design design() {
        return design;
    }

    final Platform platform() {
        return platform;
    }

    final PasidLives lives() {
        return lives;
    }

    /** Numbers that live as long as their address space. */
    final MmNumbers mmNumbers() {
        return mmNumbers;
    }

    final Mutex lock() {
        return lock;
    }

    /** First number that a device cannot be given, by its own width and that of its unit. */
    int limit(PciDevice device) {
        return device.iommu().pasidLimit(device);
    }

    /** The same, with the width that the system allows. */
    final int numberLimit(PciDevice device) {
        return Math.min(limit(device), lives.limit());
    }

    @Override
    public final Call<?> bind(BindRequest request) {
        return new Call<>(design.bind(), new Binding(this, request));
    }

    @Override
    public final Call<?> unbind(Bond bond) {
        return new Call<>(design.unbind(), new Unbinding(this, bond));
    }

    /** The address space of a domain ends, or the domain does. */
    final Call<?> release(SvaDomain domain) {
        return new Call<>(design.release(), new Releasing(this, domain));
    }

    /** The address space ends, to which a number belonged. */
    void freeNumber(Mm mm, PasidLife life) {
        life.freeOnce();
    }

    /** Nothing: an address space is not a thread's. */
    @Override
    public Call<?> threadExits(Task thread) {
        return Call.nothing();
    }

    @Override
    public boolean preparesDevices() {
        return false;
    }

    @Override
    public Call<?> deviceInit(PciDevice device) {
        return Call.nothing();
    }

    /** Nothing: a driver that leaves a bond has broken its duty, and only the trace knows. */
    @Override
    public Call<?> driverGone(PciDevice device) {
        return Call.nothing();
    }

    /** Nothing: bonds outlive a reset, during which their entries are torn down. */
    @Override
    public Call<?> deviceResets(PciDevice device) {
        return Call.nothing();
    }

    /** Unbinds what the driver has left behind. */
    @Override
    public final Call<?> removeDevice(PciDevice device) {
        return unbindAll(bonds().stream().filter(bond -> bond.device() == device).toList());
    }

    /** Unbinds some bonds, whoever uses them. */
    final Call<?> unbindAll(List<Bond> bonds) {
        List<Call<?>> calls = new ArrayList<>();
        bonds.forEach(bond -> calls.add(new Call<>(design.unbind(), Unbinding.forced(this, bond))));
        return Call.sequence(calls);
    }

    /** All bonds that exist. */
    final List<Bond> bonds() {
        return domains.values().stream().flatMap(domain -> domain.bonds().stream()).toList();
    }

    /** The domain with this key, or null. */
    final SvaDomain find(Object key) {
        return domains.get(key);
    }

    /** A new domain that holds nothing yet. */
    final SvaDomain add(Binding binding, PasidLife life) {
        String name = design.domain() + " of " + binding.mm().name() + " on " + binding.place();
        SvaDomain domain =
                new SvaDomain(
                        this, binding.key(), binding.mm(), life, platform.references().node(name));
        domains.put(domain.key(), domain);
        return domain;
    }

    final void remove(SvaDomain domain) {
        domains.remove(domain.key(), domain);
    }
}
