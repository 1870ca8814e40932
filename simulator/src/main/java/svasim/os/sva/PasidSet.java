package svasim.os.sva;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import svasim.os.defect.Defect;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.WaitQueue;
import svasim.os.task.Platform;
import svasim.trace.Kind;

/**
 * The numbers of one owner out of those of the system, with a quota (IOASID set, reference 2.9):
 * the owner is an address space or a virtual machine, which may have names of its own for them.
 *
 * <p>Users of a number hold references and are told of changes in the order of their rank. A free
 * never fails: the number is pending from then on, nobody finds it or gets a reference any more,
 * and it counts until the last user has let go.
 */
public final class PasidSet {
    /** What a set holds of each of its numbers. */
    static final String HOLDER = "set";

    private static final int FIRST = 1;

    private final String owner;
    private final int id;
    private final Numbering numbering;
    private final int quota;
    private final PasidLives lives;
    private final Platform platform;
    private final List<SetPasid> numbers = new ArrayList<>();
    private final List<PasidUser> users = new ArrayList<>();
    private final WaitQueue reclaims;

    /** By which number the owner knows what it gets. */
    public enum Numbering {
        /** That of the system. */
        HOST,
        /** The lowest that it does not use, from 1. */
        PRIVATE
    }

    /**
     * @param id number of the virtual machine in the trace
     * @param quota numbers that the set may own at once
     */
    PasidSet(
            String owner,
            int id,
            Numbering numbering,
            int quota,
            PasidLives lives,
            Platform platform) {
        this.owner = owner;
        this.id = id;
        this.numbering = numbering;
        this.quota = quota;
        this.lives = lives;
        this.platform = platform;
        this.reclaims = new WaitQueue("PASIDs of " + owner + " to be reclaimed");
    }

    /** Name of the owner. */
    public String owner() {
        return owner;
    }

    /** Number of the virtual machine in the trace. */
    public int id() {
        return id;
    }

    /** How many numbers it may own. */
    public int quota() {
        return quota;
    }

    Platform platform() {
        return platform;
    }

    /** Tells somebody of the numbers from now on, behind those of an earlier rank. */
    public void add(PasidUser user) {
        users.add(user);
        users.sort(Comparator.comparing(PasidUser::rank));
    }

    /** The user dies, and with it everything that it holds of any number. */
    public void remove(PasidUser user) {
        users.remove(user);
        for (SetPasid number : List.copyOf(numbers)) {
            while (number.isHeldBy(user.name())) {
                number.put(user.name());
            }
        }
    }

    /** A number by its owner's name for it; null if it has none or is giving it up. */
    public SetPasid find(int guest) {
        return numbers.stream()
                .filter(number -> number.guest() == guest && !number.isFreePending())
                .findFirst()
                .orElse(null);
    }

    /** A number by what the bus carries; null for one that is somebody else's. */
    public SetPasid findHost(int host) {
        return numbers.stream().filter(n -> n.host() == host).findFirst().orElse(null);
    }

    /** Every number that is not reclaimed. */
    public List<SetPasid> numbers() {
        return List.copyOf(numbers);
    }

    /** Takes a number; the allocation knows the outcome when the call is over. */
    public Call<?> allocate(PasidAllocation wanted) {
        return SettingAside.call(this, wanted);
    }

    /** Gives a number up. Never fails, whoever uses it, and may be called again. */
    public Call<?> free(int guest) {
        return Reclaiming.call(this, guest);
    }

    /** Gives every number up: the owner ends. */
    public Call<?> freeAll() {
        return Reclaiming.all(this);
    }

    /** Waits until no number is left, when all were given up. */
    public Call<?> awaitReclaimed() {
        return Reclaiming.await(this);
    }

    /** The same with the queue, for a step. */
    Next awaitEmpty() {
        return numbers.isEmpty() ? Next.ON : Next.await(reclaims);
    }

    /** Whether the set may own no further number. */
    boolean isFull() {
        return numbers.size() >= quota;
    }

    /** Why the set gets no further number. */
    String refusal() {
        return "the set of " + owner + " owns " + quota + " PASIDs already (-EDQUOT)";
    }

    /** A number of the system that is the set's from now on; null if none is free. */
    SetPasid take(int limit) {
        PasidLife life = lives.allocate(bound(limit), lives.newOwner(owner));
        if (life == null) {
            return null;
        }
        SetPasid number = add(life, numbering == Numbering.HOST ? life.pasid() : lowest());
        lives.trace()
                .tell(Kind.GUEST_PASID, lives.lane(), number.guest(), number.host(), id, owner);
        return number;
    }

    /** First number that is too wide for the system or for who asks. */
    int bound(int limit) {
        return Math.min(limit, lives.limit());
    }

    private int lowest() {
        int guest = FIRST;
        while (uses(guest)) {
            guest++;
        }
        return guest;
    }

    private boolean uses(int guest) {
        return numbers.stream().anyMatch(number -> number.guest() == guest);
    }

    /** A number that its owner has got elsewhere. */
    SetPasid add(PasidLife life, int guest) {
        SetPasid number = new SetPasid(this, guest, life);
        numbers.add(number);
        number.get(HOLDER);
        return number;
    }

    /** The number with this life, or null. */
    SetPasid of(PasidLife life) {
        return numbers.stream().filter(number -> number.life() == life).findFirst().orElse(null);
    }

    /**
     * The owner gives a number up.
     *
     * @return true if there is somebody to be told
     */
    boolean beginFree(SetPasid number) {
        if (platform.defects().has(Defect.S25)) {
            number.life().freeOnce();
            reclaimed(number);
            return false;
        }
        if (!number.life().references().beginFree()) {
            return false;
        }
        number.put(HOLDER);
        return !number.isReclaimed();
    }

    /** Nobody holds the number any more. */
    void reclaimed(SetPasid number) {
        numbers.remove(number);
        reclaims.wakeAll();
    }

    /** Tells all users of an event. */
    Call<?> tell(PasidEvent event, SetPasid number) {
        return Notification.call(event, number);
    }

    /** Tells the users of one rank. */
    Call<?> tell(PasidEvent event, SetPasid number, PasidUser.Rank rank) {
        List<Call<?>> calls = new ArrayList<>();
        for (PasidUser user : List.copyOf(users)) {
            if (user.rank() == rank) {
                number.life().references().notify(event, user.name());
                calls.add(user.told(event, number));
            }
        }
        return Call.sequence(calls);
    }
}
