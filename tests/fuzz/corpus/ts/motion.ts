# by hand
@problemName m
@univariate false
@dimensions 2
@equalLength true
@seriesLength 3
@classLabel true Sit Run
@data
0.5,0.25,1:3,4,5:Run
1,2,3:4,5,6:Sit
