package dev.berth.client.tuples;

/**
 * The local ports of one source address that are taken: in use, held back in TIME_WAIT, or lately lost to others. For
 * one destination, or for all where they cannot share. Guarded by the lock of its owner.
 */
final class TupleTable {
    final PortBits taken;
    final HeldBack waiting = new HeldBack();
    final HeldBack lost = new HeldBack();

    TupleTable(int size) {
        taken = new PortBits(size);
    }

    void expire(long now) {
        expire(waiting, now);
        expire(lost, now);
    }

    private void expire(HeldBack held, long now) {
        while (!held.isEmpty() && held.firstUntil() - now <= 0) {
            taken.clear(held.removeFirst());
        }
    }
}
