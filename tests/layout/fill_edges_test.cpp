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
    cv::line(beside.edges, {305, 130}, {305, 300}, 255);
    EXPECT_EQ(beside.stay(), 0) << "an edge that runs along a ruling";
}

TEST(FillEdges, AWornRulingKeepsTheEdgeInItsGap) {
    Page page;
    page.lose({555, 155, 100, 10});
    cv::line(page.edges, {555, 160}, {654, 160}, 255);
    EXPECT_EQ(page.stay(), 100);
    page.edges.setTo(0);
    cv::line(page.edges, {580, 160}, {654, 160}, 255);
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
    across.outline({390, 130, 28, 200});
    EXPECT_LT(across.stay(), 60) << "over four rows";
    Page within;
    within.outline({390, 163, 28, 54});
    EXPECT_LT(within.stay(), 60) << "in one cell, from ruling to ruling";
}

TEST(FillEdges, AStrokeOutOfTheTableIsNoneEither) {
    Page page;
    page.outline({390, 250, 30, 200});
    EXPECT_EQ(page.stay_on({390, 250}, {390, 395}), 0);
}

// Found on a dark scan, of which paper beside two tables was lifted: the tables were joined.
TEST(FillEdges, WhatLeadsUpToARulingBetweenTwoTablesIsNoPartOfIt) {
    Page page;
    page.table(460, 700);
    cv::line(page.edges, {900, 418}, {900, 460}, 255);
    EXPECT_EQ(page.stay(), 0);
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
