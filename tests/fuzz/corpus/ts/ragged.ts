@problemName r
@univariate true
@equalLength false
@classLabel true 1 2
@data
1,2:1
1,2,3:2
