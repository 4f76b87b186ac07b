package dev.berth.lab.bench;

/**
 * What one connect takes.
 *
 * @param fill how many of the ports are taken, and by what
 * @param way who chooses the port, and for which kind of socket
 * @param micros of the rounds' medians
 * @param p99Micros what one connect of a hundred took longer than
 */
public record ConnectCell(String fill, String way, Spread micros, double p99Micros, int connects, int failed) {}
