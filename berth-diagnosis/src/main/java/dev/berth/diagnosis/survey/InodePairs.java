package dev.berth.diagnosis.survey;

import dev.berth.platform.InodeSet;
import java.util.Arrays;

/** Pairs of a socket's inode and the number of what it belongs to: two ints a pair, in the order they were added. */
public final class InodePairs {
    private int[] inodes = new int[64]; // unsigned 32-bit numbers, as the kernel gives them
    private int[] numbers = new int[64];
    private int size;

    public void add(long inode, int number) {
        if (size == inodes.length) {
            inodes = Arrays.copyOf(inodes, size * 2);
            numbers = Arrays.copyOf(numbers, size * 2);
        }
        inodes[size] = (int) inode;
        numbers[size++] = number;
    }

    /** Adds the pairs of {@code other}, whose number {@code n} is {@code numbersHere[n]} here. */
    void addAll(InodePairs other, int[] numbersHere) {
        for (int i = 0; i < other.size; i++) {
            add(other.inode(i), numbersHere[other.numbers[i]]);
        }
    }

    /** Adds the pairs of {@code other} as they are. */
    void addAll(InodePairs other) {
        for (int i = 0; i < other.size; i++) {
            add(other.inode(i), other.numbers[i]);
        }
    }

    void addInodesTo(InodeSet set) {
        for (int i = 0; i < size; i++) {
            set.add(inode(i));
        }
    }

    public int size() {
        return size;
    }

    public long inode(int index) {
        return Integer.toUnsignedLong(inodes[index]);
    }

    public int number(int index) {
        return numbers[index];
    }
}
