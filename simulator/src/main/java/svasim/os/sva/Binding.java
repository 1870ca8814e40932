package svasim.os.sva;

import java.util.ArrayList;
import java.util.List;
import svasim.cpu.Architecture;
import svasim.cpu.Cpu;
import svasim.os.defect.Defect;
import svasim.os.enqcmd.EagerPasid;
import svasim.os.iommu.IommuDriver;
import svasim.os.iommu.PasidEntry;
import svasim.os.iommu.PciDevice;
import svasim.os.mm.Mm;
import svasim.os.procedure.Next;
import svasim.os.reference.Node;
import svasim.os.task.Task;

/** A bind under way: the steps that policies compose theirs of, and what they have found. */
final class Binding {
    private final LifetimePolicy policy;
    private final BindRequest request;
    private final PciDevice device;
    private Node temporary;
    private Task task;
    private PasidLife life;
    private SvaDomain domain;
    private boolean fresh;
    private Bond bond;
    private boolean locked;
    private boolean asked;

    Binding(LifetimePolicy policy, BindRequest request) {
        this.policy = policy;
        this.request = request;
        this.device = request.device();
    }

    boolean has(Defect defect) {
        return policy.platform().defects().has(defect);
    }

    LifetimePolicy policy() {
        return policy;
    }

    Mm mm() {
        return request.mm();
    }

    /** Whether the bind needs no new number: the address space has one, or wants none. */
    boolean hasNumber() {
        return ofWholeFunction() || policy.mmNumbers().has(mm(), device);
    }

    PasidLife life() {
        return life;
    }

    Bond bond() {
        return bond;
    }

    /** Bonds with the same key share a domain; a function of its own is shared with nobody. */
    Object key() {
        return ofWholeFunction() ? List.of(mm(), device) : policy.design().sharing().apply(this);
    }

    private boolean ofWholeFunction() {
        return !request.subset().usesPasid();
    }

    /** Key of what is not shared. */
    Object perBond() {
        return this;
    }

    /** Key of what is shared by all bonds that a thread makes. */
    Object perThread() {
        return List.of(task, policy.lives().space(device));
    }

    /** Key of what is shared by all bonds of an address space on one unit. */
    Object perUnit() {
        return List.of(mm(), device.iommu(), policy.lives().space(device));
    }

    /** Key of what is shared by all bonds of an address space. */
    Object perMm() {
        return List.of(mm(), policy.lives().space(device));
    }

    /** Where the number counts, for people: the unit. */
    String place() {
        return device.iommu().name();
    }

    /** Refuses a device that cannot be bound to any address space. */
    Next check(Cpu cpu) {
        task = policy.platform().scheduler().current();
        String reason = Refusals.reason(device, request.subset());
        reason = reason == null ? mm().tags().obstacle() : reason;
        return reason == null ? Next.ON : refuse(reason);
    }

    Next lock(Cpu cpu) {
        locked = true;
        return policy.lock().take(this);
    }

    Next unlock(Cpu cpu) {
        policy.lock().give(this);
        return Next.DONE;
    }

    /** Holds mm_users for the time of the bind. */
    Next getUsers(Cpu cpu) {
        temporary = policy.platform().references().node("bind of " + mm().name());
        mm().getUsers(temporary);
        return Next.ON;
    }

    Next putUsers(Cpu cpu) {
        return temporary == null ? Next.ON : Next.call(mm().putUsers(temporary));
    }

    /** Takes the number that lives as long as the address space. */
    Next numberOfMm(Cpu cpu) {
        if (ofWholeFunction()) {
            SvaDomain known = policy.find(key());
            life = known == null ? policy.lives().allocateFunction(device, mm()) : known.life();
            return life == null ? refuse(Refusals.taken(device)) : Next.ON;
        }
        if (asksForNumber(policy.mmNumbers().has(mm(), device))) {
            return ask();
        }
        int limit = has(Defect.I_12) ? policy.lives().limit() : policy.numberLimit(device);
        life = policy.mmNumbers().life(mm(), device, limit);
        if (life == null) {
            return refuse(Refusals.exhausted(limit));
        }
        if (life.pasid() >= limit) {
            return refuse("PASID " + life.pasid() + " of the mm is beyond the limit of " + limit);
        }
        return Next.ON;
    }

    /** Goes to the end if the device is bound already, with a further user. */
    Next findBond(Cpu cpu) {
        SvaDomain known = policy.find(key());
        bond = known == null || has(Defect.S12) ? null : known.bond(device);
        if (bond != null) {
            grant();
            return last();
        }
        String obstacle = obstacle(known == null ? life : known.life());
        return obstacle == null ? Next.ON : refuse(obstacle);
    }

    /** Why the device cannot be bound now, with the number if that is known already; or null. */
    private String obstacle(PasidLife number) {
        return number == null || device.handle(number.pasid()) == null
                ? device.iommu().obstacle(device, mm())
                : "PASID " + number.pasid() + " of the device is busy";
    }

    /** Whether the system has to ask somebody else for a number first; once. */
    private boolean asksForNumber(boolean known) {
        return !known && !asked && policy.lives().space(device).isDry();
    }

    private Next ask() {
        asked = true;
        return new Next.EnterAgain(policy.lives().space(device).ask());
    }

    /** Finds the domain, or makes one with the number of the address space. */
    Next findDomain(Cpu cpu) {
        domain = policy.find(key());
        fresh = domain == null;
        if (fresh) {
            domain = policy.add(this, life);
        }
        return Next.ON;
    }

    /** Finds the domain, or makes one with a number of its own. */
    Next findNumberedDomain(Cpu cpu) {
        if (ofWholeFunction()) {
            Next next = numberOfMm(cpu);
            return life == null ? next : findDomain(cpu);
        }
        domain = policy.find(key());
        if (asksForNumber(domain != null)) {
            return ask();
        }
        int limit = policy.numberLimit(device);
        fresh = domain == null;
        life = fresh ? policy.lives().allocate(limit, device, mm()) : domain.life();
        if (life == null || life.pasid() >= limit) {
            return refuse(Refusals.exhausted(limit));
        }
        if (fresh) {
            domain = policy.add(this, life);
        }
        return Next.ON;
    }

    /** A new domain is told of changes of the address space, and holds mm_count for that. */
    Next register(Cpu cpu) {
        if (fresh) {
            mm().register(domain);
        }
        if (fresh && has(Defect.S19)) {
            return Next.call(mm().drop(domain.node()));
        }
        return Next.ON;
    }

    /** A new domain keeps the contents of the address space. */
    Next pin(Cpu cpu) {
        if (fresh) {
            mm().getUsers(domain.node());
        }
        return Next.ON;
    }

    /** A new domain keeps the struct of the address space. */
    Next grab(Cpu cpu) {
        if (fresh) {
            mm().grab(domain.node());
        }
        return Next.ON;
    }

    /** Adds the device: invalidations reach it before its entry becomes visible. */
    Next addDevice(Cpu cpu) {
        return addDevices(List.of(device));
    }

    /** Adds the device and all that the IOMMU cannot keep apart from it: they share its table. */
    Next addGroup(Cpu cpu) {
        List<PciDevice> devices = new ArrayList<>(device.group().devices());
        devices.remove(device);
        devices.add(0, device);
        return addDevices(devices);
    }

    private Next addDevices(List<PciDevice> devices) {
        String name = "bond of " + domain.mm().name() + " and " + device.name();
        Node node = policy.platform().references().node(name);
        int pasid = domain.life().pasid();
        List<PasidEntry> entries =
                devices.stream().map(each -> new PasidEntry(each, pasid, domain.mm())).toList();
        bond = new Bond(domain, entries, request, task, node);
        if (!policy.platform().defects().has(Defect.I_53)) {
            domain.add(bond);
        }
        return Next.ON;
    }

    /** With the first bond, every thread of the address space gets the number for ENQCMD. */
    Next loadPasid(Cpu cpu) {
        boolean first = domain.bonds().size() == 1 && !ofWholeFunction();
        Architecture cores = policy.platform().cores().config().architecture();
        return first && cores == Architecture.X86_64
                ? Next.call(EagerPasid.load(mm(), policy.platform()))
                : Next.ON;
    }

    /** Makes the entry present. */
    Next install(Cpu cpu) {
        return Next.call(bond.each(IommuDriver::install));
    }

    /** Page requests are served from now on, and the driver gets its bond. */
    Next publish(Cpu cpu) {
        if (!domain.bonds().contains(bond)) {
            domain.add(bond);
        }
        device.publish(bond.pasid(), bond.mm());
        grant();
        bond.entries().forEach(bond.domain().life()::bound);
        return Next.ON;
    }

    private void grant() {
        policy.platform().references().hold(request.holder(), bond.node());
        bond.addUser(request.holder());
        request.granted(bond);
    }

    /** Ends the bind with a reason. */
    Next refuse(String reason) {
        request.refused(reason);
        Refusals.tell(policy.platform().trace(), request, reason);
        return last();
    }

    /** Gives the lock back in the last step. */
    private Next last() {
        return locked ? Next.jump(policy.design().bind().lastStep()) : Next.DONE;
    }
}
