#include "layout/rulings/fill_edges.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

namespace biaod::layout {
namespace {

constexpr double kUnit = 30;

// Rulings and edges of backgrounds, each a point thick.
struct Page {
    Ink ink;
    cv::Mat edges = cv::Mat::zeros(800, 1000, CV_8UC1);

    // Of a table: all its horizontals and verticals.
    Page() {
        ink.faint = edges.clone();
        ink.text = edges.clone();
        table(100, 400);
    }
    void table(int top, int bottom) {
        for (int y = top; y <= bottom; y += 60) cv::line(ink.faint, {100, y}, {900, y}, 255);
        for (const int x : {100, 300, 500, 700, 900}) cv::line(ink.faint, {x, top}, {x, bottom}, 255);
    }
    void outline(const cv::Rect& fill) { cv::rectangle(edges, fill, 255); }
    void lose(const cv::Rect& part) { ink.faint(part).setTo(0); }
    // Points of edges that stay on the line.
    int stay_on(cv::Point from, cv::Point to) const {
        cv::Mat left = edges.clone();
        drop_loose_edges(ink, kUnit, left);
        return cv::countNonZero(left(cv::Rect(from, to + cv::Point(1, 1))));
    }
    int stay() const { return stay_on({0, 0}, {edges.cols - 1, edges.rows - 1}); }
};

TEST(FillEdges, AHeaderThatLostItsRulingKeepsItsEdge) {
    Page page;
    page.lose({99, 99, 803, 61});  // but for the verticals below
    page.outline({100, 100, 801, 60});
    EXPECT_EQ(page.stay_on({100, 159}, {900, 159}), 801);
    EXPECT_EQ(page.stay_on({100, 100}, {900, 100}), 801);
    EXPECT_EQ(page.stay_on({900, 100}, {900, 159}), 60);
}

TEST(FillEdges, AFilledCellKeepsItsSidesOnTheLineOfRulings) {
    Page page;
    page.lose({290, 165, 20, 50});
    page.outline({300, 160, 201, 61});
    EXPECT_GT(page.stay_on({300, 165}, {300, 214}), 45);
    page.lose({290, 99, 20, 60});
    EXPECT_GT(page.stay_on({300, 165}, {300, 214}), 45) << "which goes on at one end";
    Page beside;
    cv::line(beside.edges, {305, 130}, {305, 250}, 255);
    EXPECT_EQ(beside.stay(), 0) << "an edge that runs along a ruling";
}

TEST(FillEdges, AWornRulingKeepsTheEdgeInItsGap) {
    Page page;
    page.lose({555, 155, 100, 10});
    cv::line(page.edges, {555, 160}, {654, 160}, 255);
    EXPECT_EQ(page.stay(), 100);
    page.edges.setTo(0);
    cv::line(page.edges, {592, 160}, {654, 160}, 255);
    EXPECT_EQ(page.stay(), 0) << "which begins within a cell";
    page.edges.setTo(0);
    cv::line(page.edges, {580, 160}, {605, 160}, 255);
    EXPECT_EQ(page.stay(), 26) << "too little to tell";
}

// Found on scans with marker strokes: each of its edges was a ruling, through all the table.
TEST(FillEdges, AMarkersStrokeIsNoCell) {
    Page along;
    along.outline({370, 176, 260, 28});
    EXPECT_LT(along.stay(), 60) << "over two cells: its ends are too short for rulings";
    Page across;
    across.outline({390, 130, 28, 140});
    EXPECT_LT(across.stay(), 60) << "over three rows";
    Page within;
    within.outline({390, 163, 28, 54});
    EXPECT_LT(within.stay(), 60) << "in one cell, from ruling to ruling";
}

TEST(FillEdges, AStrokeOutOfTheTableIsNoneEither) {
    Page page;
    page.outline({390, 310, 30, 140});
    EXPECT_EQ(page.stay_on({390, 310}, {390, 395}), 0);
}

// Found on a dark scan, of which paper beside two tables was lifted: the tables were joined.
TEST(FillEdges, WhatLeadsUpToARulingBetweenTwoTablesIsNoPartOfIt) {
    Page page;
    page.table(480, 720);
    cv::line(page.edges, {900, 436}, {900, 480}, 255);
    EXPECT_EQ(page.stay(), 0);
}

// As a reviewer drew them.
TEST(FillEdges, BackgroundsOfCellsWhoseHairlinesAreAllLostKeepTheirEdges) {
    Page first_cell_spans_rows;
    first_cell_spans_rows.lose({100, 155, 801, 10});
    cv::line(first_cell_spans_rows.edges, {300, 160}, {900, 160}, 255);
    EXPECT_EQ(first_cell_spans_rows.stay(), 601);
    Page group;
    group.lose({300, 155, 401, 10});
    cv::line(group.edges, {300, 160}, {700, 160}, 255);
    EXPECT_EQ(group.stay(), 401);
    Page bands;
    for (const int y : {160, 220, 280, 340}) {
        bands.lose({100, y - 5, 801, 10});
        cv::line(bands.edges, {115, y}, {880, y}, 255);
    }
    EXPECT_EQ(bands.stay(), 4 * 766) << "which end before the sides";
}

TEST(FillEdges, ATableBesideAnotherIsNoPartOfIt) {
    Page page;
    page.ink.faint.setTo(0);
    for (const int left : {100, 560})
        for (const int x : {left, left + 120, left + 240, left + 360})
            cv::line(page.ink.faint, {x, 100}, {x, 340}, 255);
    for (const int left : {100, 560})
        for (const int y : {100, 220, 280, 340}) cv::line(page.ink.faint, {left, y}, {left + 360, y}, 255);
    cv::line(page.edges, {100, 160}, {460, 160}, 255);
    cv::line(page.edges, {560, 160}, {920, 160}, 255);
    EXPECT_EQ(page.stay(), 2 * 361);
    page.edges.setTo(0);
    cv::line(page.edges, {340, 160}, {480, 160}, 255);
    EXPECT_EQ(page.stay(), 141) << "what ends between them does not end amid a cell";
}

TEST(FillEdges, WithoutRulingsAllStay) {
    Page page;
    page.ink.faint.setTo(0);
    page.outline({100, 100, 800, 60});
    page.outline({100, 220, 800, 60});
    EXPECT_EQ(page.stay(), cv::countNonZero(page.edges));
}

}  // namespace
}  // namespace biaod::layout
